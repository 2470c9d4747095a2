// The progress of a pull, as the daemon tells it: one line of JSON for each step of each layer
// (Docker Engine API, POST /images/create; moby, pkg/streamformatter and jsonmessage).

import type { Readable } from 'node:stream';
import { PeelError } from '../../image/errors.ts';
import { isObject, type JsonObject, numberOrNull, parseJson, stringOrNull } from '../../image/json.ts';
import type { PulledLayer } from '../../image/source.ts';
import { visible } from '../../image/text.ts';

/** A line longer than this is none. */
const MAX_LINE_CHARACTERS = 1024 * 1024;

/** So many layers are told of at most: more than an image may have. */
const MAX_LAYERS = 10_000;

/**
 * Reads a daemon's answer to a pull to its end, and tells of the layers whenever more has become known.
 * @throws PeelError `daemon-error` with the daemon's words when it says that it failed; the stream's own errors.
 */
export async function followPull(
  answer: Readable,
  reference: string,
  on: (layers: readonly PulledLayer[]) => void,
): Promise<void> {
  const progress = new PullProgress(reference);
  for await (const text of answer.setEncoding('utf8')) {
    progress.take(String(text));
    on(progress.layers);
  }
  progress.end();
  on(progress.layers);
}

/** What has been said so far. */
class PullProgress {
  private readonly reference: string;
  private readonly known = new Map<string, PulledLayer>();
  private rest = '';

  constructor(reference: string) {
    this.reference = reference;
  }

  /** Layers in the order in which they were first told of. */
  get layers(): readonly PulledLayer[] {
    return Array.from(this.known.values());
  }

  /** Takes the next piece of the answer. */
  take(text: string): void {
    const lines = (this.rest + text).split('\n');
    this.rest = lines.pop() ?? '';
    if (this.rest.length > MAX_LINE_CHARACTERS)
      throw this.failed('it answers with something else than progress');
    for (const line of lines) this.takeLine(line);
  }

  /** Says that all of the answer has come: a last line may lack its end. */
  end(): void {
    this.takeLine(this.rest);
    this.rest = '';
  }

  private takeLine(line: string): void {
    const said = line.trim() === '' ? null : this.parsed(line);
    if (!isObject(said)) return;
    const detail = isObject(said['errorDetail']) ? stringOrNull(said['errorDetail']['message']) : null;
    const error = detail ?? stringOrNull(said['error']);
    if (error !== null) throw this.failed(error);
    const id = stringOrNull(said['id']);
    const status = stringOrNull(said['status']);
    if (id === null || status === null || isTag(status)) return;
    if (!this.known.has(id) && this.known.size === MAX_LAYERS) return;
    const detailed = isObject(said['progressDetail']) ? said['progressDetail'] : {};
    this.known.set(id, stepped(this.known.get(id) ?? null, id, status, detailed));
  }

  private parsed(line: string): unknown {
    try {
      return parseJson(line, 'The progress of a pull');
    } catch {
      throw this.failed('it answers with something else than progress');
    }
  }

  private failed(why: string): PeelError {
    return new PeelError('daemon-error', `The daemon cannot pull ${this.reference}: ${visible(why)}`);
  }
}

/** `Pulling from library/nginx` comes under the tag's name in place of a layer's. */
function isTag(status: string): boolean {
  return status.startsWith('Pulling from ');
}

/** Statuses that end a layer, and those that can come only once all of it has been fetched. */
const DONE: ReadonlySet<string> = new Set(['Pull complete', 'Already exists']);
const FETCHED: ReadonlySet<string> = new Set([
  'Verifying Checksum',
  'Download complete',
  'Extracting',
  ...DONE,
]);

/** A layer after one more line about it. Bytes are counted while it is downloaded and, by graph drivers, unpacked. */
function stepped(before: PulledLayer | null, id: string, status: string, detail: JsonObject): PulledLayer {
  // containerd's store tells for how long it has been extracting, in seconds.
  const isBytes = stringOrNull(detail['units']) === null;
  const current = isBytes ? numberOrNull(detail['current']) : null;
  const stated = isBytes ? numberOrNull(detail['total']) : null;
  const isDone = DONE.has(status);
  const isFetched = FETCHED.has(status);
  // Podman tells of an image's config as of a layer, and never how large it is.
  const total = positive(stated) ?? before?.total ?? (isFetched ? (before?.fetched ?? 0) : null);
  const fetched = isFetched ? (total ?? 0) : Math.max(current ?? before?.fetched ?? 0, 0);
  // What has been fetched whole waits with a full bar for being unpacked.
  const isWaiting = isFetched && status !== 'Extracting';
  const share =
    isDone || isWaiting
      ? 1
      : current === null || total === null
        ? null
        : Math.min(1, Math.max(0, current / total));
  return { id, status, fetched, total, share, isDone };
}

/** A registry that does not say how long a blob is makes it -1, or 0. */
function positive(bytes: number | null): number | null {
  return bytes !== null && bytes > 0 ? bytes : null;
}
