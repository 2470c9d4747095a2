import { Readable } from 'node:stream';
import type { ReadStream } from 'node:tty';
import { type Held, InputParser, type Reply } from '../ui/terminal/input-parser.ts';
import { heardByInk } from '../ui/terminal/silent-keys.ts';
import type { Answer } from '../ui/terminal/questions.ts';

/**
 * How long what is held back waits for its rest, in milliseconds. A key that begins like others, or like a reply (Esc does),
 * must not be felt to wait, and Ink has it wait for 20 more; the rest of a sequence comes, however slow the line.
 */
const HOLD_MS: Readonly<Record<Held, number>> = { key: 50, sequence: 1000, reply: 1000 };
/** What comes this much later than an Esc is not the rest of a key. */
const LATE_MS = 1000;

/** What to do about the terminal's answers to what it is asked behind frames. */
export interface AnswerListener {
  /** How many may come. */
  readonly awaitedAnswers: number;
  answered(answer: Answer): void;
}

/** As much of a terminal's input as there is to it here. */
export interface KeyStream {
  on(event: 'data', listener: (chunk: string) => void): unknown;
  on(event: 'end', listener: () => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  off(event: 'data', listener: (chunk: string) => void): unknown;
  off(event: 'end', listener: () => void): unknown;
  off(event: 'error', listener: (error: Error) => void): unknown;
  /** So that a character that comes in pieces stays whole. */
  setEncoding(encoding: 'utf8'): unknown;
  setRawMode(isRaw: boolean): unknown;
  pause(): unknown;
  resume(): unknown;
  ref(): unknown;
  unref(): unknown;
}

/**
 * The keys of a terminal, without what the terminal itself says: Ink would take an answer that it does not know for
 * typed text. It stands in for the terminal's own stream, has as much of that as Ink asks for, and ends or fails as it does.
 */
export class TerminalInput extends Readable {
  readonly isTTY = true;
  private readonly tty: KeyStream;
  private readonly parser = new InputParser();
  private readonly hearers = new Set<(reply: Reply) => void>();
  private drawing: AnswerListener | null = null;
  private isExpecting = false;
  private hasMouse = false;
  private holding: NodeJS.Timeout | undefined;

  constructor(tty: KeyStream) {
    super({ encoding: 'utf8', read: () => undefined });
    this.tty = tty;
    tty.setEncoding('utf8');
    tty.on('data', this.hear);
    tty.on('end', this.finish);
    tty.on('error', this.fail);
    tty.pause();
  }

  /** As the stream that Ink is given, which asks for nothing that is not here. */
  get asStdin(): ReadStream {
    return this as unknown as ReadStream;
  }

  /** Reads keys one by one while it is on. While it is off, the terminal is another's, and nothing is read from it. */
  setRawMode(isRaw: boolean): this {
    this.tty.setRawMode(isRaw);
    if (isRaw) this.tty.resume();
    else this.tty.pause();
    return this;
  }

  ref(): this {
    this.tty.ref();
    return this;
  }

  unref(): this {
    this.tty.unref();
    return this;
  }

  /** Returns what ends it. */
  onReply(listener: (reply: Reply) => void): () => void {
    this.hearers.add(listener);
    return () => void this.hearers.delete(listener);
  }

  /** Something has been asked: the answer to DA1 is the last one. */
  expectReplies(): void {
    this.isExpecting = true;
  }

  /** Whether wheel and click come as messages of the terminal. */
  set mouse(isOn: boolean) {
    this.hasMouse = isOn;
  }

  /** Who asks the terminal about what it has drawn; null: nobody any more. */
  set answersTo(drawing: AnswerListener | null) {
    this.drawing = drawing;
  }

  /** Gives the terminal back. */
  close(): void {
    clearTimeout(this.holding);
    this.setRawMode(false);
    this.tty.off('data', this.hear);
    this.tty.off('end', this.finish);
    this.tty.off('error', this.fail);
    this.tty.unref();
  }

  private readonly hear = (chunk: string): void => {
    clearTimeout(this.holding);
    const { keys, replies } = this.parser.push(chunk, {
      messages: this.isExpecting || this.hasMouse,
      answers: this.drawing?.awaitedAnswers ?? 0,
    });
    if (keys !== '') this.push(heardByInk(keys, chunk));
    for (const reply of replies) this.tell(reply);
    const { holds } = this.parser;
    if (holds !== null) this.holding = setTimeout(this.letGo, HOLD_MS[holds]);
  };

  private tell(reply: Reply): void {
    if (reply.kind === 'answer') this.drawing?.answered(reply.answer);
    if (reply.kind === 'attributes') this.isExpecting = false;
    for (const listener of this.hearers) listener(reply);
  }

  private readonly letGo = (): void => {
    const keys = this.parser.release();
    if (keys !== '') this.push(heardByInk(keys, ''));
    this.holding = setTimeout(() => this.parser.forget(), LATE_MS);
  };

  /** Nothing follows any more what is held back. */
  private readonly finish = (): void => {
    clearTimeout(this.holding);
    this.letGo();
    clearTimeout(this.holding);
    this.push(null);
  };

  private readonly fail = (error: Error): void => {
    clearTimeout(this.holding);
    this.destroy(error);
  };
}
