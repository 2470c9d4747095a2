// Which daemons are meant, in the docker CLI's order: flags, DOCKER_HOST, DOCKER_CONTEXT, the chosen context, and the
// default ones last (docker/cli, cli/command/cli.go, resolveContextName).

import { homedir } from 'node:os';
import { join } from 'node:path';
import { PeelError } from '../../image/errors.ts';
import { stringOrNull } from '../../image/json.ts';
import { type Address, DEFAULT_TLS_HOST, parseAddress } from './address.ts';
import { configFolder, currentContext, NO_CONTEXT, readContext } from './contexts.ts';
import { defaultSockets, podmanSockets } from './default-sockets.ts';
import { CA_FILE, PUBLIC_TLS, type Tls, tlsFromFolder } from './tls.ts';

/** The daemon that the command line names; null where it does not. */
export interface NamedDaemon {
  readonly host: string | null;
  readonly context: string | null;
}

export const NONE_NAMED: NamedDaemon = { host: null, context: null };

/** A daemon to be tried. */
export interface Endpoint {
  /** What people call it: as it was named, else as a URL. */
  readonly host: string;
  readonly address: Address;
  /** Null: TLS is not spoken. */
  readonly tls: Tls | null;
  /** The context that led here, or null. */
  readonly context: string | null;
}

/**
 * Where Podman's service may listen: CONTAINER_HOST names it (podman(1)), else its sockets are tried.
 * @throws PeelError `arguments` when what is named is no address.
 */
export async function podmanEndpoints(env: NodeJS.ProcessEnv): Promise<Endpoint[]> {
  const home = stringOrNull(env['HOME']) ?? homedir();
  const named = stringOrNull(env['CONTAINER_HOST']?.trim());
  if (named !== null) return [await ofHost(named, {}, configFolder(env, home))];
  return podmanSockets({ env, home, platform: process.platform }).map(unixEndpoint);
}

/**
 * The daemons to try, in order: the one that is named, else one for each of the default sockets.
 * @throws PeelError `arguments` or `file` when what is named cannot be used.
 */
export async function endpointsToTry(named: NamedDaemon, env: NodeJS.ProcessEnv): Promise<Endpoint[]> {
  const home = stringOrNull(env['HOME']) ?? homedir();
  const config = configFolder(env, home);
  const context = await contextOf(named, env, config);
  if (context !== null) return [await ofContext(config, context)];
  const host =
    stringOrNull((named.host ?? env['DOCKER_HOST'])?.trim()) ?? (wantsTls(env) ? DEFAULT_TLS_HOST : null);
  if (host !== null) return [await ofHost(host, env, config)];
  return defaultSockets({ env, home, platform: process.platform }).map(unixEndpoint);
}

/** The endpoint of a unix socket. */
export function unixEndpoint(socketPath: string): Endpoint {
  return { host: `unix://${socketPath}`, address: { kind: 'unix', socketPath }, tls: null, context: null };
}

interface ChosenContext {
  readonly name: string;
  readonly namedBy: string;
}

/** The context that counts, or null where a host counts, or nothing is named. */
async function contextOf(
  { host, context }: NamedDaemon,
  env: NodeJS.ProcessEnv,
  config: string,
): Promise<ChosenContext | null> {
  if (host !== null && context !== null) {
    throw new PeelError('arguments', 'Either --host or --context, not both.');
  }
  const chosen = async (): Promise<ChosenContext | null> => {
    if (context !== null) return { name: context, namedBy: '--context' };
    if (host !== null || env['DOCKER_HOST']?.trim()) return null;
    if (env['DOCKER_CONTEXT']) return { name: env['DOCKER_CONTEXT'], namedBy: 'DOCKER_CONTEXT' };
    const current = await currentContext(config);
    return current === null ? null : { name: current, namedBy: join(config, 'config.json') };
  };
  const found = await chosen();
  return found?.name === NO_CONTEXT ? null : found;
}

async function ofContext(config: string, { name, namedBy }: ChosenContext): Promise<Endpoint> {
  const { host, tls } = await readContext(config, name, namedBy);
  const address = parseAddress(host === '' ? 'unix://' : host);
  return {
    host: host === '' && address.kind === 'unix' ? `unix://${address.socketPath}` : host,
    address,
    tls: address.kind === 'tcp' ? (tls ?? (address.scheme === 'https' ? PUBLIC_TLS : null)) : null,
    context: name,
  };
}

async function ofHost(host: string, env: NodeJS.ProcessEnv, config: string): Promise<Endpoint> {
  const address = parseAddress(host);
  return { host, address, tls: await tlsOfEnvironment(address, env, config), context: null };
}

/** As the CLI reads them: any value but the empty one, `0` too, asks for TLS. */
function wantsTls(env: NodeJS.ProcessEnv): boolean {
  return Boolean(env['DOCKER_TLS_VERIFY']) || Boolean(env['DOCKER_TLS']);
}

/** The TLS that DOCKER_TLS_VERIFY, DOCKER_TLS and DOCKER_CERT_PATH speak of; a socket and ssh need none. */
async function tlsOfEnvironment(
  address: Address,
  env: NodeJS.ProcessEnv,
  config: string,
): Promise<Tls | null> {
  if (address.kind !== 'tcp' || address.scheme === 'http') return null;
  const certificates = stringOrNull(env['DOCKER_CERT_PATH']);
  if (!wantsTls(env)) {
    if (address.scheme === 'tcp') return null;
    return certificates === null ? PUBLIC_TLS : tlsFromFolder(certificates, true);
  }
  const folder = certificates ?? config;
  const tls = await tlsFromFolder(folder, Boolean(env['DOCKER_TLS_VERIFY']));
  if (tls.verifies && tls.ca === null) {
    throw new PeelError(
      'file',
      `DOCKER_TLS_VERIFY is set, but there is no ${join(folder, CA_FILE)}: DOCKER_CERT_PATH names the folder of ca.pem, cert.pem and key.pem.`,
    );
  }
  return tls;
}
