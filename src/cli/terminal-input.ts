import { Readable } from 'node:stream';
import type { ReadStream } from 'node:tty';
import { type Reply, ReplyFilter } from './terminal-replies.ts';

/** A key that begins like a terminal's message (Esc does) waits this long for its rest. */
const HOLD_MS = 20;
/** What can be nothing but the beginning of a message waits so long, and is no key then either. */
const REST_MS = 1000;

/**
 * The keys of a terminal, without what the terminal itself says: Ink would take an answer that it does not know for
 * typed text. It stands in for the terminal's own stream, and has as much of that as Ink asks for.
 */
export class TerminalInput extends Readable {
  readonly isTTY = true;
  private readonly tty: ReadStream;
  private readonly replies = new ReplyFilter();
  private readonly hearers = new Set<(reply: Reply) => void>();
  private isExpecting = false;
  private hasMouse = false;
  private holding: NodeJS.Timeout | undefined;

  constructor(tty: ReadStream) {
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

  /** Gives the terminal back. */
  close(): void {
    clearTimeout(this.holding);
    this.tty.off('data', this.hear);
    this.tty.off('end', this.finish);
    this.tty.off('error', this.fail);
    this.setRawMode(false);
    this.tty.unref();
  }

  private readonly hear = (chunk: string): void => {
    clearTimeout(this.holding);
    if (!this.isExpecting && !this.hasMouse && this.replies.holds === null) {
      this.push(chunk);
      return;
    }
    const { keys, replies } = this.replies.push(chunk);
    if (keys !== '') this.push(keys);
    for (const reply of replies) this.tell(reply);
    if (this.replies.holds === 'key') this.holding = setTimeout(this.letGo, HOLD_MS);
    if (this.replies.holds === 'message') this.holding = setTimeout(this.letGo, REST_MS);
  };

  private tell(reply: Reply): void {
    if (reply.kind === 'attributes') this.isExpecting = false;
    for (const listener of this.hearers) listener(reply);
  }

  private readonly letGo = (): void => {
    const keys = this.replies.release();
    if (keys !== '') this.push(keys);
  };

  private readonly finish = (): void => {
    this.push(null);
  };

  private readonly fail = (error: Error): void => {
    this.destroy(error);
  };
}
