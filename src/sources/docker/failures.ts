import { messageOf, PeelError } from '../../image/errors.ts';
import { isObject, stringOrNull } from '../../image/json.ts';
import { visible } from '../../image/text.ts';

/** `ENOENT` and the like, where an error has one. */
export function systemCode(error: unknown): string | null {
  return isObject(error) ? stringOrNull(error['code']) : null;
}

/** The HTTP status that the daemon answered with, where it did. */
export function httpStatus(error: unknown): number | null {
  return isObject(error) && typeof error['statusCode'] === 'number' ? error['statusCode'] : null;
}

/** What docker-modem puts in front of the daemon's words, which for a stream it hands over no other way. */
const MODEM_WORDS = /^\(HTTP code \d+\) unexpected - /;

/** What a daemon says went wrong, as the API has it; null where what answered speaks otherwise. */
export function apiMessage(error: unknown): string | null {
  const json = isObject(error) ? error['json'] : undefined;
  return isObject(json) ? stringOrNull(json['message']) : null;
}

/** What the daemon says went wrong, in one line: its own words, without dockerode's around them. */
export function daemonMessage(error: unknown): string {
  return visible(apiMessage(error) ?? messageOf(error).replace(MODEM_WORDS, ''));
}

/** So much of a stream's end is kept: an error message of the daemon is shorter. */
const TAIL_BYTES = 4096;

/**
 * Keeps the end of an export. A daemon that fails after it has answered `200 OK` can only append its error to what
 * it has sent, as a line of JSON.
 */
export class Tail {
  private readonly kept = Buffer.alloc(TAIL_BYTES);
  private length = 0;

  readonly see = (chunk: Uint8Array): void => {
    // The chunk is good for this call only: its end is copied behind what still fits of the ends before.
    const end = chunk.subarray(-TAIL_BYTES);
    const staying = Math.min(this.length, TAIL_BYTES - end.length);
    this.kept.copyWithin(0, this.length - staying, this.length);
    this.kept.set(end, staying);
    this.length = staying + end.length;
  };

  /** The message of the error that the stream ends in, or null. */
  error(): string | null {
    const text = this.kept.toString('utf8', 0, this.length).trimEnd();
    const start = /\{"(?:errorDetail|error|message)":[^\n]*\}$/.exec(text)?.index;
    if (start === undefined) return null;
    try {
      const said: unknown = JSON.parse(text.slice(start));
      if (!isObject(said)) return null;
      const detail = isObject(said['errorDetail']) ? said['errorDetail']['message'] : null;
      return stringOrNull(detail) ?? stringOrNull(said['error']) ?? stringOrNull(said['message']);
    } catch {
      return null;
    }
  }
}

/** What a failed export means for a person: the daemon has refused it, or failed on the way, or gone. */
export function exportFailure(error: unknown, tail: Tail, reference: string): PeelError {
  if (httpStatus(error) !== null) {
    return new PeelError('daemon-error', `The daemon cannot export ${reference}: ${daemonMessage(error)}`, {
      cause: error,
    });
  }
  const said = tail.error();
  if (said !== null) {
    return new PeelError('daemon-error', `The daemon failed to export ${reference}: ${visible(said)}`, {
      cause: error,
    });
  }
  if (error instanceof PeelError && error.code !== 'broken-stream') return error.of(reference);
  const reason = error instanceof PeelError ? 'it ended too early' : messageOf(error);
  return new PeelError(
    'broken-stream',
    `The export of ${reference} broke off (${visible(reason)}): see the daemon's log, then try again.`,
    { cause: error },
  );
}
