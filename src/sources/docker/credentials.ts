// Who one is at a registry, from where `docker login` keeps it: the configuration file itself, or a program that it
// names (docker/cli, cli/config/configfile and cli/config/credentials; docker/docker-credential-helpers).

import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { isObject, type JsonObject, stringOrNull } from '../../image/json.ts';
import { HUB, registryOf } from '../../image/reference.ts';
import { readIfThere } from './tls.ts';

/** What the daemon hands on to a registry (Docker Engine API, "Authentication"). */
export interface Credentials {
  readonly username?: string;
  readonly password?: string;
  readonly identitytoken?: string;
  readonly registrytoken?: string;
  readonly serveraddress: string;
}

/** The name under which Docker Hub's credentials have been kept from the first days. */
const HUB_SERVER = 'https://index.docker.io/v1/';

/** A helper says this in place of a user's name when its secret is a token. */
const TOKEN_USER = '<token>';

const HELPER_TIMEOUT_MS = 10_000;

/** Where credentials are looked for. */
export interface Keychain {
  /** The folder of the docker CLI's configuration. */
  readonly folder: string;
  /** Its PATH leads to the helpers. */
  readonly env: NodeJS.ProcessEnv;
}

/**
 * The credentials for the registry of a reference; null where nobody has logged in there. As with the CLI, what
 * cannot be read says nothing: the registry tells whether it would have been needed.
 */
export async function credentialsFor(
  reference: string,
  { folder, env }: Keychain,
): Promise<Credentials | null> {
  const config = await readConfig(join(folder, 'config.json'));
  const registry = registryOf(reference);
  const server = registry === HUB ? HUB_SERVER : registry;
  const helpers = isObject(config['credHelpers']) ? config['credHelpers'] : {};
  const helper = stringOrNull(helpers[server]) ?? stringOrNull(config['credsStore']);
  return helper === null ? kept(config, server) : fromHelper(helper, server, env);
}

/**
 * As the header `X-Registry-Auth` carries it: JSON in base64 of the kind for URLs. Padded: a daemon that finds the
 * padding missing takes the header for none, and pulls as nobody.
 */
export function registryAuth(credentials: Credentials): string {
  const base64 = Buffer.from(JSON.stringify(credentials)).toString('base64');
  return base64.replaceAll('+', '-').replaceAll('/', '_');
}

async function readConfig(file: string): Promise<JsonObject> {
  try {
    const config: unknown = JSON.parse(String(await readIfThere(file)));
    return isObject(config) ? config : {};
  } catch {
    return {};
  }
}

/** `auths`: base64 of `user:password`, or tokens. A server may stand there as a URL too. */
function kept(config: JsonObject, serveraddress: string): Credentials | null {
  const auths = isObject(config['auths']) ? config['auths'] : {};
  const alike = Object.keys(auths).find((key) => hostOf(key) === serveraddress);
  const auth = auths[serveraddress] ?? (alike === undefined ? null : auths[alike]);
  if (!isObject(auth)) return null;
  const found: Credentials = {
    ...named('username', auth['username']),
    ...named('password', auth['password']),
    ...userAndPassword(stringOrNull(auth['auth'])),
    ...named('identitytoken', auth['identitytoken']),
    ...named('registrytoken', auth['registrytoken']),
    serveraddress,
  };
  // With a helper in use an entry is often left behind without anything in it.
  return Object.keys(found).length === 1 ? null : found;
}

function named(key: Exclude<keyof Credentials, 'serveraddress'>, value: unknown): Partial<Credentials> {
  const text = stringOrNull(value);
  return text === null ? {} : { [key]: text };
}

function userAndPassword(auth: string | null): Partial<Credentials> {
  const text = Buffer.from(auth ?? '', 'base64').toString();
  const colon = text.indexOf(':');
  if (colon < 1) return {};
  return {
    username: text.slice(0, colon),
    ...named('password', text.slice(colon + 1).replace(/^\0+|\0+$/g, '')),
  };
}

/** `https://registry.example.com/v1/` is kept for registry.example.com (docker/cli, ConvertToHostname). */
function hostOf(server: string): string {
  return server.replace(/^https?:\/\//, '').replace(/\/.*$/, '');
}

/** `docker-credential-<helper> get`, asked by name on standard input. One that fails knows nothing of the server. */
function fromHelper(helper: string, server: string, env: NodeJS.ProcessEnv): Promise<Credentials | null> {
  return new Promise((resolve) => {
    const options = { timeout: HELPER_TIMEOUT_MS, env };
    const child = execFile(`docker-credential-${helper}`, ['get'], options, (error, stdout) => {
      resolve(error === null ? parseSecret(stdout, server) : null);
    });
    // A program that is not there, or has ended, takes no question: its end has told so already.
    child.stdin?.on('error', () => undefined).end(server);
  });
}

function parseSecret(text: string, serveraddress: string): Credentials | null {
  try {
    const said: unknown = JSON.parse(text);
    if (!isObject(said)) return null;
    const [username, secret] = [stringOrNull(said['Username']), stringOrNull(said['Secret'])];
    if (username === null || secret === null) return null;
    if (username === TOKEN_USER) return { identitytoken: secret, serveraddress };
    return { username, password: secret, serveraddress };
  } catch {
    return null;
  }
}
