import { visible } from './text.ts';

/** An error is a line to be read: what an image brings into one may be megabytes. */
const MAX_MESSAGE_UNITS = 4096;

/** The message on one line of a length that can be read. */
function shownMessage(message: string): string {
  return visible(message.length > MAX_MESSAGE_UNITS ? `${message.slice(0, MAX_MESSAGE_UNITS)}…` : message);
}

/** What went wrong, for programs; the message is for people. */
export type ErrorCode =
  | 'arguments'
  | 'config'
  | 'no-daemon'
  | 'daemon-permission'
  | 'daemon-error'
  | 'no-such-image'
  | 'broken-stream'
  | 'not-an-image'
  | 'several-images'
  | 'hostile'
  | 'mismatch'
  | 'file'
  /** What is to be written is there already. */
  | 'exists'
  /** Another program did not do what it was started for. */
  | 'program'
  | 'no-terminal';

/**
 * An error that a person can act on. Its message is one line and says what to do where something can be done; what an
 * image brings into it is made harmless to a terminal.
 */
export class PeelError extends Error {
  override readonly name = 'PeelError';
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(shownMessage(message), options);
    this.code = code;
  }

  /** The same error, its message beginning with the place that it is about. */
  of(place: string): PeelError {
    return new PeelError(this.code, `${place}: ${this.message}`, { cause: this });
  }

  /** The same error behind a sentence more: what can be done about it stays the last that is read. */
  after(sentence: string): PeelError {
    return new PeelError(this.code, `${sentence} ${this.message}`, { cause: this });
  }
}

/** The message of anything thrown, on one line, harmless to a terminal: images have a say in some of them. */
export function messageOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const lines = message.split('\n').map((line) => line.trim());
  return shownMessage(lines.filter((line) => line !== '').join(' '));
}
