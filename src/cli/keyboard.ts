// Where Ink's keys come from: the terminal's input, without what the terminal says for itself.
import { PassThrough } from 'node:stream';
import type { ReadStream } from 'node:tty';
import { type Answer, AnswerFilter } from '../ui/terminal/answers.ts';

/** What to do about the terminal's answers. */
export interface AnswerListener {
  /** How many may come. */
  readonly awaitedAnswers: number;
  answered(answer: Answer): void;
}

/** A terminal's input as Ink wants it: raw mode is the terminal's own. */
export class Keyboard extends PassThrough {
  readonly isTTY = true;
  private readonly terminal: ReadStream;
  private readonly listener: AnswerListener;
  private readonly answers = new AnswerFilter();

  constructor(terminal: ReadStream, listener: AnswerListener) {
    super();
    this.terminal = terminal;
    this.listener = listener;
    terminal.on('data', this.hear);
  }

  /** Outside of raw mode somebody else reads the terminal. */
  setRawMode(isRaw: boolean): this {
    this.terminal.setRawMode(isRaw);
    if (isRaw) this.terminal.resume();
    else this.terminal.pause();
    return this;
  }

  ref(): this {
    this.terminal.ref();
    return this;
  }

  unref(): this {
    this.terminal.unref();
    return this;
  }

  /** Leaves the terminal's input to others. */
  release(): void {
    this.terminal.off('data', this.hear);
    this.terminal.pause();
  }

  /** One unit a byte, so that a character that comes in pieces stays whole. */
  private readonly hear = (chunk: Buffer): void => {
    const { keys, answers } = this.answers.read(chunk.toString('latin1'), this.listener.awaitedAnswers);
    for (const answer of answers) this.listener.answered(answer);
    if (keys !== '') this.write(Buffer.from(keys, 'latin1'));
  };
}
