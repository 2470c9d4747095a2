import { once } from 'node:events';
import { createConnection } from 'node:net';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type Docker from 'dockerode';
import type { DialOptions } from 'docker-modem';
import { PeelError } from '../../image/errors.ts';
import { systemCode } from './failures.ts';
import { exportOverSocket } from './socket-export.ts';

const UNIX = 'unix://';

/** So long a daemon may take for an answer: one that pulls and builds for others takes seconds to list its images. */
const ANSWER_TIMEOUT_MS = 30_000;

/** So long a daemon elsewhere may take for its first answer: ssh has a handshake to do. */
const PING_TIMEOUT_MS = 10_000;

/** A daemon that has answered: what is asked of it, in its own API's words. */
export class Daemon {
  readonly host: string;
  private docker: Promise<Docker> | null = null;

  constructor(host: string) {
    this.host = host;
  }

  /**
   * The JSON that a path of the API answers with.
   * @throws PeelError `no-daemon` when nothing has come within so many milliseconds; dockerode's errors.
   */
  async get(path: string, signal: AbortSignal, withinMs = ANSWER_TIMEOUT_MS): Promise<unknown> {
    const timeout = AbortSignal.timeout(withinMs);
    try {
      return await this.dial({ path }, AbortSignal.any([signal, timeout]));
    } catch (error) {
      signal.throwIfAborted();
      if (!timeout.aborted) throw error;
      const waited = `waited ${withinMs / 1000} s`;
      throw new PeelError('no-daemon', `${this.host} does not answer (${waited}).`, { cause: error });
    }
  }

  /** The export of one image: what `docker save` writes. Aborting the signal ends the daemon's work on it. */
  async export(reference: string, signal: AbortSignal): Promise<Readable> {
    if (this.host.startsWith(UNIX)) {
      const path = `/images/get?names=${encodeURIComponent(reference)}`;
      const stream = await exportOverSocket(this.host.slice(UNIX.length), path, signal);
      if (stream !== null) return stream;
    }
    const request = { path: '/images/get?', options: { names: reference }, isStream: true };
    return (await this.dial(request, signal)) as Readable;
  }

  /** dockerode's own methods drop options on their way (inspect, history), so its modem is dialled. */
  private async dial(
    request: Pick<DialOptions, 'path' | 'options' | 'isStream'>,
    abortSignal: AbortSignal,
  ): Promise<unknown> {
    const docker = await (this.docker ??= clientFor(this.host));
    abortSignal.throwIfAborted();
    return new Promise((resolve, reject) => {
      const get = { ...request, method: 'GET', abortSignal, statusCodes: { 200: true } };
      docker.modem.dial(get, (error: unknown, answer: unknown) => {
        if (error) reject(asError(error));
        else resolve(answer);
      });
    });
  }
}

/** dockerode brings an ssh client along: it is loaded only when something but the export is asked of a daemon. */
async function clientFor(host: string): Promise<Docker> {
  const { default: Client } = await import('dockerode');
  // Without options dockerode reads DOCKER_HOST and its TLS settings from the environment by itself.
  return host.startsWith(UNIX) ? new Client({ socketPath: host.slice(UNIX.length) }) : new Client();
}

/** Whether somebody listens at a unix socket is known at once; another daemon is asked. */
async function reach(daemon: Daemon, signal: AbortSignal): Promise<void> {
  if (daemon.host.startsWith(UNIX)) await touch(daemon.host.slice(UNIX.length), signal);
  else await daemon.get('/_ping', signal, PING_TIMEOUT_MS);
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

/**
 * Finds the daemon as the docker CLI does: DOCKER_HOST, else the first default socket that answers.
 * @throws PeelError `no-daemon` or `daemon-permission`, which name all that was tried.
 */
export async function connect(env: NodeJS.ProcessEnv, signal: AbortSignal): Promise<Daemon> {
  const failures: { host: string; error: unknown }[] = [];
  for (const host of hostsToTry(env)) {
    try {
      const daemon = new Daemon(host);
      await reach(daemon, signal);
      return daemon;
    } catch (error) {
      signal.throwIfAborted();
      failures.push({ host, error });
    }
  }
  throw unreachable(failures);
}

/** Where a daemon may listen: what DOCKER_HOST says, or the sockets of the system, of Docker Desktop, of a rootless one. */
function hostsToTry(env: NodeJS.ProcessEnv): string[] {
  if (env['DOCKER_HOST']) return [env['DOCKER_HOST']];
  const runtime = env['XDG_RUNTIME_DIR'];
  return [
    '/var/run/docker.sock',
    join(homedir(), '.docker/run/docker.sock'),
    ...(runtime === undefined ? [] : [join(runtime, 'docker.sock')]),
  ].map((path) => `${UNIX}${path}`);
}

function unreachable(failures: readonly { host: string; error: unknown }[]): PeelError {
  const forbidden = failures.find(({ error }) => ['EACCES', 'EPERM'].includes(systemCode(error) ?? ''));
  if (forbidden !== undefined) {
    return new PeelError(
      'daemon-permission',
      `No permission to use ${forbidden.host}: run peel as root, or join the group that owns the socket (docker).`,
      { cause: forbidden.error },
    );
  }
  const tried = failures.map(({ host, error }) => `${host} (${whyNot(error)})`).join(', ');
  return new PeelError(
    'no-daemon',
    `No Docker daemon answers. Tried ${tried}. Start it, set DOCKER_HOST, or open an archive: docker save IMAGE | peel -`,
    { cause: failures[0]?.error },
  );
}

function whyNot(error: unknown): string {
  const code = systemCode(error);
  switch (code) {
    case 'ENOENT':
      return 'no such socket';
    case 'ECONNREFUSED':
      return 'nobody listens';
    case 'ENOTFOUND':
      return 'no such host';
    default:
      return code ?? (error instanceof Error ? error.message : String(error));
  }
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
