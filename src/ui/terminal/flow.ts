// How much is on its way to a terminal. What has been written may wait for seconds in the buffers of a slow line (an ssh
// connection takes a megabyte before its sender is told to wait), so a terminal is asked now and then whether it is well:
// its answer says that it has drawn all that was written before the question.
import { STATUS_QUESTION } from './questions.ts';

/**
 * Bytes that may be on their way before the next frame waits. At 50 kB/s they take 160 ms; on a line of 400 ms there and
 * back they are some ten frames of a list that scrolls each second, and a hundred of a cursor that moves.
 */
const WINDOW_BYTES = 8 * 1024;
/** Bytes from one question to the next. */
const QUESTION_BYTES = 1024;

/** Counts the bytes between a program and its terminal. */
export class Flow {
  private sent = 0;
  private drawn = 0;
  private askedAt = 0;
  /** For each question without an answer, how much had been sent with it. */
  private open: number[] = [];
  /** Whether this terminal answers: nothing waits for one that never has. */
  private doesAnswer = false;

  /** Whether another frame may be sent. */
  get hasRoom(): boolean {
    return !this.doesAnswer || this.sent - this.drawn < WINDOW_BYTES;
  }

  /** Answers that may still come. */
  get awaited(): number {
    return this.open.length;
  }

  /**
   * Notes what is about to be sent.
   * @returns whether the question is to be sent behind it
   */
  send(bytes: number): boolean {
    this.sent += bytes;
    if (this.sent - this.askedAt < QUESTION_BYTES) return false;
    this.sent += STATUS_QUESTION.length;
    this.askedAt = this.sent;
    this.open.push(this.sent);
    return true;
  }

  /** Notes an answer: to the oldest question that has none. */
  answered(): void {
    const drawn = this.open.shift();
    if (drawn === undefined) return;
    this.doesAnswer = true;
    this.drawn = drawn;
  }

  /** Gives up waiting for answers, as long as none comes: the terminal does not know the question, or is another one now. */
  giveUp(): void {
    this.open = [];
    this.drawn = this.askedAt = this.sent;
    this.doesAnswer = false;
  }
}
