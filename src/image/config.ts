import { PeelError } from './errors.ts';
import { type HistoryEntry, historyOf } from './history.ts';
import { isObject, type JsonObject, stringOrNull, strings } from './json.ts';
import { type Platform, platformOf } from './platform.ts';

/** How a container of the image starts (image-spec, config.md, "config"). */
export interface ContainerConfig {
  readonly user: string | null;
  readonly workingDir: string | null;
  readonly entrypoint: readonly string[];
  readonly cmd: readonly string[];
  readonly env: readonly string[];
  readonly exposedPorts: readonly string[];
  readonly volumes: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
}

/** The image config (image-spec, config.md). */
export interface ImageConfig {
  readonly platform: Platform | null;
  readonly created: string | null;
  /** Digests of the uncompressed layers, base first. */
  readonly diffIds: readonly string[];
  readonly history: readonly HistoryEntry[];
  readonly container: ContainerConfig;
}

/** Docker stops at 125 layers ("max depth exceeded"), the kernel's overlayfs at 500. */
export const MAX_LAYERS = 1024;

/** Steps of a history, those without a layer among them: some for each layer, hundreds in the longest Dockerfiles. */
export const MAX_INSTRUCTIONS = 16 * 1024;

/** @throws PeelError `not-an-image` when the value is no image config, `hostile` when it is one beyond measure. */
export function parseConfig(value: unknown): ImageConfig {
  const rootfs = isObject(value) ? value['rootfs'] : undefined;
  if (!isObject(value) || !isObject(rootfs)) {
    throw new PeelError('not-an-image', 'The image config has no rootfs: this is no container image.');
  }
  return {
    platform: platformOf(value),
    created: stringOrNull(value['created']),
    diffIds: atMost(MAX_LAYERS, 'layers', strings(rootfs['diff_ids'])),
    history: atMost(MAX_INSTRUCTIONS, 'instructions', historyOf(value['history'])),
    container: containerConfigOf(value['config']),
  };
}

function atMost<T>(limit: number, what: string, list: readonly T[]): readonly T[] {
  if (list.length <= limit) return list;
  throw new PeelError('hostile', `The image config speaks of ${list.length} ${what}; ${limit} is the limit.`);
}

/** The `config` object of an image config, or the `Config` object of the daemon's inspect: both use these names. */
export function containerConfigOf(value: unknown): ContainerConfig {
  const config: JsonObject = isObject(value) ? value : {};
  return {
    user: stringOrNull(config['User']),
    workingDir: stringOrNull(config['WorkingDir']),
    entrypoint: strings(config['Entrypoint']),
    cmd: strings(config['Cmd']),
    env: strings(config['Env']),
    exposedPorts: keysOf(config['ExposedPorts']),
    volumes: keysOf(config['Volumes']),
    labels: labelsOf(config['Labels']),
  };
}

function keysOf(value: unknown): string[] {
  return isObject(value) ? Object.keys(value).sort() : [];
}

function labelsOf(value: unknown): Record<string, string> {
  if (!isObject(value)) return {};
  return Object.fromEntries(
    Object.entries(value)
      .filter((pair): pair is [string, string] => typeof pair[1] === 'string')
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}
