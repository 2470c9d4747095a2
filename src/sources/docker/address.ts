import { PeelError } from '../../image/errors.ts';

/** Where a daemon listens, as a host like `unix:///var/run/docker.sock` spells it. */
export type Address =
  | { readonly kind: 'unix'; readonly socketPath: string }
  | {
      readonly kind: 'tcp';
      /** `tcp` leaves it to other settings whether TLS is spoken. */
      readonly scheme: 'tcp' | 'http' | 'https';
      /** An IPv6 address without brackets. */
      readonly hostname: string;
      readonly port: number;
      /** What every path of the API begins with behind a proxy, without a slash at its end; else empty. */
      readonly prefix: string;
    }
  | { readonly kind: 'ssh'; readonly destination: SshDestination };

/** Where `ssh` goes; everything else about it stands in the user's own ~/.ssh/config. */
export interface SshDestination {
  readonly user: string | null;
  readonly hostname: string;
  readonly port: number | null;
  /** The daemon's socket over there; null: the one that docker uses by itself. */
  readonly socketPath: string | null;
}

export const DEFAULT_SOCKET = '/var/run/docker.sock';

/** The ports that IANA has registered for Docker; the CLI takes the first one with TLS too. */
const DEFAULT_PORT = 2375;
const DEFAULT_PORTS = { tcp: DEFAULT_PORT, http: 80, https: 443 };
/** Where the CLI looks for a daemon when TLS is asked for and no host is named. */
export const DEFAULT_TLS_HOST = 'tcp://localhost:2376';

/**
 * Reads a host as the docker CLI does (docker/cli, opts/hosts.go): a path alone is a socket, any other text without a
 * scheme is a TCP address. Beyond the CLI, `http://` and `https://` are taken for what they say.
 * @throws PeelError `arguments` when it names no daemon that can be spoken to from here.
 */
export function parseAddress(host: string): Address {
  const [scheme, rest] = parts(host);
  switch (scheme) {
    case 'unix':
      return { kind: 'unix', socketPath: rest === '' ? DEFAULT_SOCKET : rest };
    case 'tcp':
    case 'http':
    case 'https':
      return parseTcp(host, scheme, rest);
    case 'ssh':
      return { kind: 'ssh', destination: parseSsh(host) };
    case 'npipe':
      throw new PeelError(
        'arguments',
        `${host} is a pipe of Windows: it cannot be reached from this system.`,
      );
    case 'fd':
      throw new PeelError(
        'arguments',
        `${host} is what a daemon itself is given to listen at: name its socket, as in unix://${DEFAULT_SOCKET}.`,
      );
    default:
      throw noAddress(host);
  }
}

function parts(host: string): [scheme: string, rest: string] {
  const end = host.indexOf('://');
  if (end !== -1) return [host.slice(0, end), host.slice(end + '://'.length)];
  return [/^\.?\//.test(host) ? 'unix' : 'tcp', host];
}

function parseTcp(host: string, scheme: 'tcp' | 'http' | 'https', rest: string): Address {
  // Given http for its scheme, a URL keeps to the rules for hosts; port 80 it would leave out.
  const url = parseUrl(host, `http://${/^(?::|\/|$)/.test(rest) ? 'localhost' : ''}${rest}`);
  const why = whyNoTcp(url);
  if (why !== null) throw new PeelError('arguments', `${withoutPassword(host)} cannot be used: ${why}.`);
  const port = /^[^/]*:(\d+)(?:\/|$)/.exec(rest)?.[1];
  return {
    kind: 'tcp',
    scheme,
    hostname: withoutBrackets(url.hostname),
    port: port === undefined ? DEFAULT_PORTS[scheme] : Number(port),
    prefix: url.pathname.replace(/\/+$/, ''),
  };
}

/** The API knows no users: what is dropped in silence would be believed to count, and stand in every message. */
function whyNoTcp({ username, password, search, hash }: URL): string | null {
  if (username + password !== '') return 'a daemon asks for no user or password, but for a certificate (TLS)';
  return search + hash === '' ? null : `nothing may follow the port but a path, not ${search}${hash}`;
}

function parseSsh(host: string): SshDestination {
  const url = parseUrl(host, host);
  const why = whyNoSsh(url);
  if (why !== null) throw new PeelError('arguments', `${withoutPassword(host)} cannot be used: ${why}.`);
  return {
    user: url.username === '' ? null : decodeURIComponent(url.username),
    hostname: withoutBrackets(url.hostname),
    port: url.port === '' ? null : Number(url.port),
    socketPath: /^\/*$/.test(url.pathname) ? null : decodeURIComponent(url.pathname),
  };
}

/** As the CLI refuses them (docker/cli, cli/connhelper/ssh). */
function whyNoSsh({ hostname, password, search, hash }: URL): string | null {
  if (password !== '') return 'a password has no place in it, ssh asks an agent or takes a key';
  if (hostname === '') return 'it names no host';
  return search + hash === '' ? null : `nothing may follow the host but a path, not ${search}${hash}`;
}

/** @throws PeelError `arguments`, which speaks of `host`. */
function parseUrl(host: string, text: string): URL {
  try {
    // Not every text with a % in it can be decoded; what cannot is no address either.
    decodeURIComponent(text);
    return new URL(text);
  } catch {
    throw noAddress(host);
  }
}

function noAddress(host: string): PeelError {
  return new PeelError(
    'arguments',
    `${withoutPassword(host)} is no address of a daemon: --host and DOCKER_HOST take unix://PATH, tcp://HOST:PORT and ssh://USER@HOST.`,
  );
}

/** The host as it may be shown: what stands for a password in it may be one. */
function withoutPassword(host: string): string {
  return host.replace(/^(\w+:\/\/[^/@:]*):[^/@]*@/, '$1:…@');
}

function withoutBrackets(hostname: string): string {
  return hostname.replace(/^\[(.*)\]$/, '$1');
}
