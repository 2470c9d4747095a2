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

/** @throws PeelError `not-an-image` when the value is no image config. */
export function parseConfig(value: unknown): ImageConfig {
  const rootfs = isObject(value) ? value['rootfs'] : undefined;
  if (!isObject(value) || !isObject(rootfs)) {
    throw new PeelError('not-an-image', 'The image config has no rootfs: this is no container image.');
  }
  return {
    platform: platformOf(value),
    created: stringOrNull(value['created']),
    diffIds: strings(rootfs['diff_ids']),
    history: historyOf(value['history']),
    container: containerConfigOf(value['config']),
  };
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
