// Other ways to a daemon that listens at a unix socket: a TCP port, TLS, and a program that passes for ssh.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer as createTlsServer } from 'node:tls';

/**
 * A DOCKER_CERT_PATH: the certificates of a CA, a client and, under `server-`, a daemon at localhost. They are good for
 * a hundred years, and for nothing but these tests. Made with `openssl req` and `openssl x509`.
 */
export const CERTIFICATES = join(import.meta.dirname, 'certificates');

/** A way to the daemon that is open. */
export interface Door extends AsyncDisposable {
  /** For DOCKER_HOST. */
  readonly host: string;
}

/** A TCP port that leads to the daemon. */
export async function tcpDoor(host: string): Promise<Door> {
  return open(createServer((client) => lead(client, host)));
}

/** The same with TLS; nobody comes in without a certificate of the CA. */
export async function tlsDoor(host: string): Promise<Door> {
  const pem = (name: string) => readFileSync(join(CERTIFICATES, name));
  const options = { ca: pem('ca.pem'), cert: pem('server-cert.pem'), key: pem('server-key.pem') };
  return open(createTlsServer({ ...options, requestCert: true }, (client) => lead(client, host)));
}

/** Passes all bytes on, both ways, until one side has gone. */
function lead(client: Socket, host: string): void {
  const daemon = connect(host.replace(/^unix:\/\//, ''));
  client.pipe(daemon).pipe(client);
  client.on('error', () => daemon.destroy()).on('close', () => daemon.destroy());
  daemon.on('error', () => client.destroy()).on('close', () => client.destroy());
}

async function open(server: Server): Promise<Door> {
  const clients = new Set<Socket>();
  server.on('connection', (client: Socket) => clients.add(client));
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    host: `tcp://localhost:${(server.address() as AddressInfo).port}`,
    [Symbol.asyncDispose]: async () => {
      for (const client of clients) client.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A program called `ssh`. */
export interface FakeSsh extends Disposable {
  /** The folder to put in front of PATH. */
  readonly folder: string;
  /** What each run of it was started with, in no certain order. */
  runs(): readonly string[][];
  /** Those of its processes that are still there. */
  running(): readonly number[];
}

/** An `ssh` that leads to the daemon whatever it is asked, as `docker system dial-stdio` would over there. */
export function fakeSsh(host: string): FakeSsh {
  return sshThat(`
    const socket = require('node:net').connect(${JSON.stringify(host.replace(/^unix:\/\//, ''))});
    process.stdin.pipe(socket).pipe(process.stdout);`);
}

/** An `ssh` that says something and ends. */
export function failingSsh(words: string, status: number): FakeSsh {
  return sshThat(`process.stderr.write(${JSON.stringify(words)}, () => process.exit(${status}));`);
}

/** An `ssh` that never gets through to its host, and does not hear when its input ends. */
export function hangingSsh(): FakeSsh {
  return sshThat('setInterval(() => undefined, 1000);');
}

/** An `ssh` that leads to the daemon, and stays when nobody is there any more who would want it to. */
export function stayingSsh(host: string): FakeSsh {
  return sshThat(`
    const socket = require('node:net').connect(${JSON.stringify(host.replace(/^unix:\/\//, ''))});
    process.stdin.pipe(socket, { end: false });
    socket.on('data', (bytes) => process.stdout.write(bytes));
    process.stdout.on('error', () => undefined);
    setInterval(() => undefined, 1000);`);
}

/** @param script in CommonJS. */
function sshThat(script: string): FakeSsh {
  const folder = mkdtempSync(join(tmpdir(), 'peel-ssh-'));
  const log = join(folder, 'runs');
  writeFileSync(log, '');
  writeFileSync(
    join(folder, 'ssh'),
    `#!${process.execPath}
    const { pid, argv } = process;
    const run = JSON.stringify({ pid, args: argv.slice(2) });
    require('node:fs').appendFileSync(${JSON.stringify(log)}, run + '\\n');
    ${script}`,
    { mode: 0o755 },
  );
  const logged = () =>
    readFileSync(log, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as { pid: number; args: string[] });
  const running = () => logged().flatMap(({ pid }) => (isRunning(pid) ? [pid] : []));
  return {
    folder,
    runs: () => logged().map(({ args }) => args),
    running,
    [Symbol.dispose]: () => {
      for (const pid of running()) process.kill(pid);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Whether there is such a process. */
export function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
