import { PeelError } from './errors.ts';
import { type HistoryEntry, historyOf } from './history.ts';
import { isObject, type JsonObject, numberOrNull, stringOrNull, strings } from './json.ts';
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
  readonly stopSignal: string | null;
  readonly healthcheck: Healthcheck | null;
}

/** How Docker asks a container whether it is well (Docker's own addition to the config). */
export interface Healthcheck {
  /** `CMD` or `CMD-SHELL` and the command; `NONE` for no check at all. */
  readonly test: readonly string[];
  /** Nanoseconds between two checks, and until one has failed; null where the daemon's own hold. */
  readonly interval: number | null;
  readonly timeout: number | null;
  readonly retries: number | null;
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
const MAX_INSTRUCTIONS = 16 * 1024;

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
    stopSignal: stringOrNull(config['StopSignal']),
    healthcheck: healthcheckOf(config['Healthcheck']),
  };
}

function healthcheckOf(value: unknown): Healthcheck | null {
  if (!isObject(value)) return null;
  const test = strings(value['Test']);
  if (test.length === 0) return null;
  return {
    test,
    interval: positive(value['Interval']),
    timeout: positive(value['Timeout']),
    retries: positive(value['Retries']),
  };
}

/** 0 is what Docker writes for what was not said. */
function positive(value: unknown): number | null {
  const number = numberOrNull(value);
  return number === 0 ? null : number;
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
