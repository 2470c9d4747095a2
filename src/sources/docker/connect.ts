import { once } from 'node:events';
import { createConnection } from 'node:net';
import { homedir } from 'node:os';
import { messageOf, PeelError } from '../../image/errors.ts';
import { Daemon } from './daemon.ts';
import { apiMessage, daemonMessage, httpStatus, systemCode } from './failures.ts';
import { type Endpoint, endpointsToTry, type NamedDaemon, NONE_NAMED, podmanEndpoints } from './hosts.ts';

/** So long a daemon elsewhere may take for its first answer. */
const PING_TIMEOUT_MS = 10_000;
/** The same behind ssh, which has hosts to jump over and a key to be touched: as long as the docker CLI gives it. */
const SSH_PING_TIMEOUT_MS = 30_000;

/** A daemon that did not answer. */
interface Failure {
  readonly endpoint: Endpoint;
  readonly error: unknown;
}

/**
 * Finds the daemon that is named, by the docker CLI's rules (hosts.ts), else the first default socket that answers.
 * @throws PeelError `no-daemon` or `daemon-permission`, which name all that was tried; `arguments` or `file` when
 * what is named cannot be used.
 */
export async function connect(
  env: NodeJS.ProcessEnv,
  signal: AbortSignal,
  named: NamedDaemon = NONE_NAMED,
): Promise<Daemon> {
  return connectToFirst(await endpointsToTry(named, env), signal);
}

/**
 * Finds Podman, which speaks Docker's API.
 * @throws PeelError as above.
 */
export async function connectToPodman(env: NodeJS.ProcessEnv, signal: AbortSignal): Promise<Daemon> {
  return connectToFirst(await podmanEndpoints(env), signal, PODMAN);
}

/**
 * The first of some daemons that answers.
 * @throws PeelError `no-daemon` or `daemon-permission` as above.
 */
export async function connectToFirst(
  endpoints: readonly Endpoint[],
  signal: AbortSignal,
  wanted: Wanted = DOCKER,
): Promise<Daemon> {
  const failures: Failure[] = [];
  for (const endpoint of endpoints) {
    try {
      const daemon = new Daemon(endpoint);
      await reach(daemon, endpoint, signal);
      return daemon;
    } catch (error) {
      signal.throwIfAborted();
      failures.push({ endpoint, error });
    }
  }
  throw unreachable(failures, wanted);
}

/** Whether somebody listens at a unix socket is known at once; another daemon is asked. */
async function reach(daemon: Daemon, { address }: Endpoint, signal: AbortSignal): Promise<void> {
  if (address.kind === 'unix') await touch(address.socketPath, signal);
  else {
    const answer = await daemon.get(
      '/_ping',
      signal,
      address.kind === 'ssh' ? SSH_PING_TIMEOUT_MS : PING_TIMEOUT_MS,
    );
    if (!/^OK\b/.test(String(answer))) throw new Error(NO_API);
  }
}

/** @throws the socket's error */
async function touch(path: string, signal: AbortSignal): Promise<void> {
  const socket = createConnection({ path, signal });
  try {
    await once(socket, 'connect');
  } finally {
    socket.destroy();
  }
}

/** Who is looked for, and what a person does who misses it. */
interface Wanted {
  /** As a sentence begins that says that it is not there. */
  readonly nobody: string;
  readonly start: string;
  readonly save: string;
}

const DOCKER: Wanted = {
  nobody: 'No Docker daemon answers.',
  start: 'Start it',
  save: 'docker save IMAGE | peel -',
};
const PODMAN: Wanted = {
  nobody: "Podman's service does not answer.",
  start: `Start it (${process.platform === 'darwin' ? 'podman machine start' : 'systemctl --user start podman.socket'})`,
  save: 'podman save IMAGE | peel -',
};

function unreachable(failures: readonly Failure[], { nobody, start, save }: Wanted): PeelError {
  const forbidden = failures.filter(({ error }) => ['EACCES', 'EPERM'].includes(systemCode(error) ?? ''));
  if (forbidden.length > 0) {
    const sockets = forbidden.map(({ endpoint }) => nameOf(endpoint)).join(', ');
    return new PeelError(
      'daemon-permission',
      `No permission to use ${sockets}: run peel as root, or join the group that owns the socket (docker).`,
      { cause: forbidden[0]?.error },
    );
  }
  const remedies = [
    ...(failures.some(({ error }) => isDown(error)) ? [start] : []),
    ...(failures.some(isOfSsh) ? ['let ssh get there without a question'] : []),
    'name another (--host)',
    `or open an archive: ${save}`,
  ].join(', ');
  const sentence = remedies.charAt(0).toUpperCase() + remedies.slice(1);
  return new PeelError('no-daemon', `${nobody} ${tried(failures)} ${sentence}`, {
    cause: failures[0]?.error,
  });
}

/** Whether nobody is there who could answer: starting the daemon helps only then. */
function isDown(error: unknown): boolean {
  return ['ENOENT', 'ECONNREFUSED'].includes(systemCode(error) ?? '') || IS_IT_RUNNING.test(messageOf(error));
}

/** What `docker system dial-stdio` says at the other end of ssh. */
const IS_IT_RUNNING = /is the docker daemon running/i;

/** Whether ssh itself has not come through. */
function isOfSsh({ endpoint, error }: Failure): boolean {
  return endpoint.address.kind === 'ssh' && !isDown(error) && httpStatus(error) === null;
}

/** What was tried in vain. Of several sockets most are not there: those are told of in one breath. */
function tried(failures: readonly Failure[]): string {
  const isAbsent = ({ error }: Failure) => failures.length > 1 && systemCode(error) === 'ENOENT';
  const absent = failures.filter(isAbsent).map(({ endpoint }) => fromHome(endpoint.host));
  const others = failures
    .filter((failure) => !isAbsent(failure))
    .map(({ endpoint, error }) => `${nameOf(endpoint)} (${whyNot(error)})`);
  return [
    ...(others.length === 0 ? [] : [`Tried ${others.join(', ')}.`]),
    ...(absent.length === 0 ? [] : [`There is no socket at ${absent.join(', ')}.`]),
  ].join(' ');
}

function nameOf({ host, context }: Endpoint): string {
  return context === null ? host : `${host} of the context ${JSON.stringify(context)}`;
}

/** A socket's path, shorter where it is the user's. */
function fromHome(host: string): string {
  const path = host.replace(/^unix:\/\//, '');
  const home = `${homedir()}/`;
  return path.startsWith(home) ? `~/${path.slice(home.length)}` : path;
}

/** Said of a web server, say, at a port that was mistaken for the daemon's. */
const NO_API = "something answers there that does not speak Docker's API";

/** What Go's HTTP server says to a client that does not speak TLS (net/http). */
const SPEAKS_TLS = 'HTTP request to an HTTPS server';

/** How TLS 1.2 and 1.3 refuse a client without a certificate, or with another one. */
const WANTS_CERTIFICATE = /^ERR_SSL_.*_ALERT_.*CERTIFICATE/;
const SYSTEM_CODE = /^E[A-Z0-9]+$/;

function whyNot(error: unknown): string {
  const status = httpStatus(error);
  if (status !== null) {
    const said = daemonMessage(error);
    if (said.includes(SPEAKS_TLS)) return 'it speaks TLS: set DOCKER_TLS_VERIFY=1 and DOCKER_CERT_PATH';
    return apiMessage(error) === null ? `${NO_API}: HTTP status ${status}` : said;
  }
  const code = systemCode(error);
  switch (code) {
    case 'ENOENT':
      return 'no such socket';
    case 'ECONNREFUSED':
      return 'nobody listens';
    case 'ENOTFOUND':
      return 'no such host';
    case 'EPROTO':
      return 'it does not speak TLS';
    default:
      if (code !== null && WANTS_CERTIFICATE.test(code)) {
        return 'it takes clients with a certificate alone: DOCKER_CERT_PATH names the folder of cert.pem and key.pem';
      }
      // What is wrong with a daemon's certificate OpenSSL has words for.
      return code !== null && SYSTEM_CODE.test(code) ? code : messageOf(error);
  }
}
