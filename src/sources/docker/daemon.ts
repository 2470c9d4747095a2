import type { Readable } from 'node:stream';
import type Docker from 'dockerode';
import type { DialOptions } from 'docker-modem';
import { PeelError } from '../../image/errors.ts';
import { formatPlatform, type Platform } from '../../image/platform.ts';
import type { RemoteName } from '../../image/reference.ts';
import { clientFor } from './client.ts';
import { type Credentials, registryAuth } from './credentials.ts';
import type { Endpoint } from './hosts.ts';
import { type DaemonIdentity, parseIdentity } from './identity.ts';
import { exportOverSocket } from './socket-export.ts';

/** So long a daemon may take for an answer: one that pulls and builds for others takes seconds to list its images. */
const ANSWER_TIMEOUT_MS = 30_000;

/** So long it may take to say who it is: it counts its containers for that, and Podman starts other programs. */
const IDENTITY_TIMEOUT_MS = 10_000;

type DialRequest = Pick<DialOptions, 'path' | 'method' | 'isStream' | 'authconfig'>;

/** The parameter by which the API names one platform of several. */
export function platformQuery(platform: Platform | null): { platform?: string } {
  if (platform === null) return {};
  const { os, architecture, variant } = platform;
  return { platform: JSON.stringify({ os, architecture, ...(variant === null ? {} : { variant }) }) };
}

/** A daemon: what is asked of it, in its own API's words. */
export class Daemon {
  /** What people call it. */
  readonly host: string;
  private readonly endpoint: Endpoint;
  private docker: Promise<Docker> | null = null;

  constructor(endpoint: Endpoint) {
    this.endpoint = endpoint;
    this.host = endpoint.host;
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

  /** Its socket, where it is one on this machine; null for all others. */
  get socketPath(): string | null {
    const { address } = this.endpoint;
    return address.kind === 'unix' ? address.socketPath : null;
  }

  /** Who it is; null when it does not say so within so many milliseconds, or the signal is aborted. */
  async identity(signal: AbortSignal, withinMs = IDENTITY_TIMEOUT_MS): Promise<DaemonIdentity | null> {
    const [version, info] = await Promise.all(
      ['/version', '/info'].map((path) => this.get(path, signal, withinMs).catch(() => null)),
    );
    return parseIdentity(this.host, version, info);
  }

  /**
   * The export of one image: what `docker save` writes. Aborting the signal ends the daemon's work on it.
   * @param platform which one of those that the daemon holds it for (API 1.48); null: whatever it chooses.
   */
  async export(reference: string, signal: AbortSignal, platform: Platform | null = null): Promise<Readable> {
    const { address } = this.endpoint;
    const query = new URLSearchParams({ names: reference, ...platformQuery(platform) });
    const path = `/images/get?${query.toString()}`;
    if (address.kind === 'unix') {
      const stream = await exportOverSocket(address.socketPath, path, signal);
      if (stream !== null) return stream;
    }
    return (await this.dial({ path, isStream: true }, signal)) as Readable;
  }

  /**
   * Has an image fetched from its registry: what the daemon tells of that. Aborting the signal ends it.
   * @param platform null: the daemon's own.
   */
  async pull(
    { repository, tagOrDigest }: RemoteName,
    {
      platform,
      credentials,
    }: { readonly platform: Platform | null; readonly credentials: Credentials | null },
    signal: AbortSignal,
  ): Promise<Readable> {
    const query = new URLSearchParams({
      fromImage: repository,
      // Without it the daemon would pull every tag there is.
      tag: tagOrDigest,
      ...(platform === null ? {} : { platform: formatPlatform(platform) }),
    });
    const request: DialRequest = {
      path: `/images/create?${query.toString()}`,
      method: 'POST',
      isStream: true,
      ...(credentials === null ? {} : { authconfig: { base64: registryAuth(credentials) } }),
    };
    return (await this.dial(request, signal)) as Readable;
  }

  /** dockerode's own methods drop options on their way (inspect, history), so its modem is dialled. */
  private async dial(request: DialRequest, abortSignal: AbortSignal): Promise<unknown> {
    const { address } = this.endpoint;
    const prefix = address.kind === 'tcp' ? address.prefix : '';
    const docker = await (this.docker ??= clientFor(this.endpoint));
    abortSignal.throwIfAborted();
    return new Promise((resolve, reject) => {
      // docker-modem takes a query's last character for the question mark that begins one.
      const path = prefix + request.path + (request.path.includes('?') ? '?' : '');
      const asked = { method: 'GET', ...request, path, abortSignal, statusCodes: { 200: true } };
      docker.modem.dial(asked, (error: unknown, answer: unknown) => {
        if (error) reject(asError(error));
        else resolve(answer);
      });
    });
  }
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
