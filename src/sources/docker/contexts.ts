// The docker CLI's own store of contexts, as `docker context create` writes it (docker/cli, cli/context/store).

import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { PeelError } from '../../image/errors.ts';
import { isObject, stringOrNull } from '../../image/json.ts';
import { readIfThere, type Tls, tlsFromFolder } from './tls.ts';

/** The name that stands for no context at all: the host of the environment, or the default one. */
export const NO_CONTEXT = 'default';

/** What a context says of its docker endpoint. */
export interface DockerContext {
  /** Empty: the default one. */
  readonly host: string;
  /** Null where the context holds nothing of it: then plain HTTP is spoken. */
  readonly tls: Tls | null;
}

/** The folder of the docker CLI's configuration. */
export function configFolder(env: NodeJS.ProcessEnv, home: string): string {
  return stringOrNull(env['DOCKER_CONFIG']) ?? join(home, '.docker');
}

/**
 * The context that `docker context use` has chosen, or null. A configuration that is broken or may not be read says
 * nothing, as with the CLI, which warns and goes on without it.
 */
export async function currentContext(folder: string): Promise<string | null> {
  const text = await readIfThere(join(folder, 'config.json')).catch(() => null);
  const config = text === null ? null : parse(text);
  return isObject(config) ? stringOrNull(config['currentContext']) : null;
}

/**
 * @param namedBy who says so, for the error: `DOCKER_CONTEXT`, for instance.
 * @throws PeelError `arguments` when there is no such context, or it leads to no Docker; `file` when it cannot be read.
 */
export async function readContext(folder: string, name: string, namedBy: string): Promise<DockerContext> {
  const id = createHash('sha256').update(name).digest('hex');
  const file = join(folder, 'contexts/meta', id, 'meta.json');
  const text = await readIfThere(file);
  if (text === null) throw noContext(name, namedBy, `is not in ${join(folder, 'contexts')}`);
  const meta = parse(text);
  const endpoints = isObject(meta) ? meta['Endpoints'] : null;
  const docker = isObject(endpoints) ? endpoints['docker'] : null;
  if (!isObject(docker)) throw noContext(name, namedBy, `has no docker endpoint (${file})`);
  const skipsVerifying = docker['SkipTLSVerify'] === true;
  const tls = await tlsFromFolder(join(folder, 'contexts/tls', id, 'docker'), !skipsVerifying);
  const isEmpty = tls.ca === null && tls.cert === null && tls.key === null;
  return { host: stringOrNull(docker['Host']) ?? '', tls: isEmpty && !skipsVerifying ? null : tls };
}

function noContext(name: string, namedBy: string, what: string): PeelError {
  return new PeelError(
    'arguments',
    `The Docker context ${JSON.stringify(name)}, which ${namedBy} names, ${what}: see docker context ls, then docker context use NAME, or peel --context NAME.`,
  );
}

function parse(text: Buffer): unknown {
  try {
    return JSON.parse(text.toString());
  } catch {
    return null;
  }
}
