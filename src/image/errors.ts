import { visible } from './text.ts';

/** What went wrong, for programs; the message is for people. */
export type ErrorCode =
  | 'arguments'
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
  | 'no-terminal';

/**
 * An error that a person can act on. Its message is one line and says what to do where something can be done; what an
 * image brings into it is made harmless to a terminal.
 */
export class PeelError extends Error {
  override readonly name = 'PeelError';
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(visible(message), options);
    this.code = code;
  }

  /** The same error, its message beginning with the place that it is about. */
  of(place: string): PeelError {
    return new PeelError(this.code, `${place}: ${this.message}`, { cause: this });
  }

  /** The same error with a sentence more. */
  with(sentence: string): PeelError {
    return new PeelError(this.code, `${this.message} ${sentence}`, { cause: this });
  }
}

/** The message of anything thrown, on one line, harmless to a terminal: images have a say in some of them. */
export function messageOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return visible(message.replaceAll(/\s*\n\s*/g, ' ').trim());
}
