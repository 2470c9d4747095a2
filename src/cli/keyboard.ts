// Where Ink's keys come from: the terminal's input, without what the terminal says for itself.
import { PassThrough } from 'node:stream';
import { type Answer, AnswerFilter } from '../ui/terminal/answers.ts';

/** What to do about the terminal's answers. */
export interface AnswerListener {
  /** How many may come. */
  readonly awaitedAnswers: number;
  answered(answer: Answer): void;
}

/** As much of a terminal's input as there is to it here. */
export interface KeyStream {
  on(event: 'data', listener: (chunk: Buffer | string) => void): unknown;
  off(event: 'data', listener: (chunk: Buffer | string) => void): unknown;
  setRawMode(isRaw: boolean): unknown;
  pause(): unknown;
  resume(): unknown;
  ref(): unknown;
  unref(): unknown;
}

/** A terminal's input as Ink wants it: raw mode is the terminal's own. */
export class Keyboard extends PassThrough {
  readonly isTTY = true;
  private readonly terminal: KeyStream;
  private readonly listener: AnswerListener;
  private readonly answers = new AnswerFilter();

  constructor(terminal: KeyStream, listener: AnswerListener) {
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

  /** Of bytes one unit each, so that a character that comes in pieces stays whole. */
  private readonly hear = (chunk: Buffer | string): void => {
    const encoding = typeof chunk === 'string' ? 'utf8' : 'latin1';
    const text = typeof chunk === 'string' ? chunk : chunk.toString(encoding);
    const { keys, answers } = this.answers.read(text, this.listener.awaitedAnswers);
    for (const answer of answers) this.listener.answered(answer);
    if (keys !== '') this.write(Buffer.from(keys, encoding));
  };
}
