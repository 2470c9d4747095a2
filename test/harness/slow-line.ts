/**
 * A line to a terminal that is far away, in virtual time: a program writes as much as it likes into the buffers at its end,
 * as into those of an ssh connection, and what is in them leaves at the line's pace. Nothing depends on a clock: time goes
 * on from one event to the next, once the program has done all that it does without being told anything new.
 */
import { Screen } from './screen.ts';

export interface LineOptions {
  readonly columns: number;
  readonly rows: number;
  /** Milliseconds from one end to the other. */
  readonly delay: number;
  readonly bytesPerSecond: number;
  /** Whether the terminal answers what it is asked. */
  readonly answers: boolean;
}

interface Event {
  readonly at: number;
  readonly happen: () => void | Promise<void>;
}

/** Turns of the event loop in which a program that is told something has written what comes of it. */
const TURNS = 8;

export class SlowLine {
  readonly screen: Screen;
  /** Virtual milliseconds since the start. */
  now = 0;
  /** How often the program has written something since the last `forget()`. */
  writes = 0;
  /** Bytes that the program has written. */
  written = 0;
  /** Bytes that have arrived on the screen. */
  arrived = 0;
  readonly #options: LineOptions;
  readonly #type: (bytes: string) => void;
  readonly #events: Event[] = [];
  #freeAt = 0;

  /** @param type hands input to the program. */
  constructor(options: LineOptions, type: (bytes: string) => void) {
    this.#options = options;
    this.#type = type;
    this.screen = new Screen(options.columns, options.rows, true);
    this.screen.onReply((answer) => {
      if (options.answers) this.press(answer);
    });
  }

  /** What the program writes. */
  write(text: string): void {
    const { delay, bytesPerSecond } = this.#options;
    const bytes = Buffer.byteLength(text);
    this.written += bytes;
    this.writes++;
    this.#freeAt = Math.max(this.now, this.#freeAt) + (bytes * 1000) / bytesPerSecond;
    this.#at(this.#freeAt + delay, async () => {
      this.arrived += bytes;
      await this.screen.draw(text);
    });
  }

  forget(): void {
    this.writes = 0;
  }

  /** Sends input to the program, from the terminal's end. */
  press(bytes: string): void {
    this.#at(this.now + this.#options.delay, () => {
      this.#type(bytes);
    });
  }

  /** Lets a time pass. */
  async pass(milliseconds: number): Promise<void> {
    const end = this.now + milliseconds;
    await this.#go(end);
    this.now = end;
  }

  /** Lets time pass until nothing is under way any more; returns the milliseconds that it took. */
  async rest(): Promise<number> {
    const start = this.now;
    await this.#go(Infinity);
    return this.now - start;
  }

  async #go(end: number): Promise<void> {
    await settle();
    for (let next = this.#next(end); next !== undefined; next = this.#next(end)) {
      this.now = next.at;
      await next.happen();
      await settle();
    }
  }

  #next(end: number): Event | undefined {
    const [next] = this.#events;
    return next === undefined || next.at > end ? undefined : this.#events.shift();
  }

  #at(at: number, happen: Event['happen']): void {
    this.#events.push({ at, happen });
    this.#events.sort((a, b) => a.at - b.at);
  }
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < TURNS; turn++) await new Promise((resolve) => setImmediate(resolve));
}
