// Where Ink's frames go: to a painter that knows what is on the screen, and from there to the terminal, one write at a
// time and no faster than the terminal draws.
import { EventEmitter } from 'node:events';
import type { ScreenSize } from '../state/state.ts';
import { type Answer, REPEAT_QUESTION, STATUS_QUESTION } from '../ui/terminal/questions.ts';
import { Flow } from '../ui/terminal/flow.ts';
import { type Grid, gridOf, paint } from '../ui/terminal/paint.ts';

/** Called when bytes have left, or cannot. */
type Left = (error?: Error | null) => void;

/** The terminal's end of it: what a stream's `write` is. */
export type WriteBytes = (text: string, left: Left) => void;

/**
 * A frame appears at once where the terminal knows this mode. Where it does not, it takes no notice, as ECMA-48 and DEC
 * have it for any mode that is not known; asking first would tell the linux console and old terminals less kindly.
 */
const SYNCHRONIZED = ['\u001b[?2026h', '\u001b[?2026l'] as const;
/** What is shorter comes in one piece through any terminal driver and in one packet through any network. */
const ONE_PIECE_BYTES = 512;

/** What Ink writes beside frames: modes that are set and reset. */
const MODES = /^(?:\u001b\[\?\d+[hl])+$/;
const ENTERS = '\u001b[?1049h';
const LEAVES = '\u001b[?1049l';
const HIDE_CURSOR = '\u001b[?25l';
/** The linux console, and GNU screen as it comes, have no second screen to go back from: this one is left empty. */
const CLEAR = '\u001b[m\u001b[H\u001b[J';

/** An answer that takes longer than this will not come; one that is late comes to the shell when nobody waits for it. */
const PATIENCE_MS = 3000;

/** Asks for the terminal's size whenever it matters. */
type AskSize = () => ScreenSize;

/**
 * What Ink takes for its terminal: as much of a stream as it uses. Each frame replaces the one before it, unless that has
 * been painted. Nothing that is written waits for what was written before, because it may be the last thing this process does.
 */
export class ScreenOutput extends EventEmitter {
  readonly isTTY = true;
  private readonly writeBytes: WriteBytes;
  private readonly askSize: AskSize;
  private readonly flow = new Flow();
  /** Whether the terminal repeats characters; null: it has been asked. Undefined: not yet. */
  private repeats: boolean | null | undefined;
  /** What the terminal shows; null: nobody knows. */
  private shown: Grid | null = null;
  /** What it is to show. */
  private frame: string | null = null;
  private isPending = false;
  private isScheduled = false;
  private isClosed = false;
  /** Whether another program has the terminal. */
  private hasLeft = false;
  /** Writes that have not left yet. */
  private writing = 0;
  private readonly settling: (() => void)[] = [];
  private impatience: NodeJS.Timeout | undefined;

  constructor(writeBytes: WriteBytes, askSize: AskSize) {
    super();
    this.writeBytes = writeBytes;
    this.askSize = askSize;
  }

  get columns(): number {
    return this.askSize().columns;
  }

  get rows(): number {
    return this.askSize().rows;
  }

  /** Ink writes each frame whole (`debug`), each change of modes by itself, and an empty text to wait for the others. */
  write(text: string, left?: Left): boolean {
    if (text === '') void this.settled().then(() => left?.());
    else if (MODES.test(text)) this.changeModes(text, left);
    else {
      this.frame = text;
      this.schedule();
      left?.();
    }
    return true;
  }

  /** What is on the screen is not believed any more: all of it is painted anew. */
  invalidate(): void {
    this.shown = null;
    this.schedule();
  }

  /** Whether another program has the terminal: nothing is painted then, and its interrupts are not ours. */
  get isLent(): boolean {
    return this.hasLeft && !this.isClosed;
  }

  /** Hands bytes to the terminal that change nothing on the screen; whole, between two frames. */
  pass(bytes: string): void {
    if (this.isClosed || this.hasLeft) return;
    this.send(this.flow.send(Buffer.byteLength(bytes)) ? bytes + STATUS_QUESTION : bytes);
    this.restPatience();
  }

  /** The terminal has answered what it was asked behind a frame. */
  answered(answer: Answer): void {
    if (answer === 'drawn') this.flow.answered();
    else this.repeats = answer === 'repeats';
    this.restPatience();
    this.wake();
  }

  get awaitedAnswers(): number {
    return this.flow.awaited + (this.repeats === null ? 1 : 0);
  }

  /** Paints nothing more. Resolves when all has left, and the terminal has answered what it was asked. */
  async close(): Promise<void> {
    this.isClosed = true;
    await this.settled();
  }

  /** Resolves when what was written has left and been answered, or will not be. */
  private async settled(): Promise<void> {
    if (!this.isBusy()) return;
    const settled = new Promise<void>((resolve) => this.settling.push(resolve));
    const timer = setTimeout(this.giveUp, PATIENCE_MS);
    await settled;
    clearTimeout(timer);
  }

  private isBusy(): boolean {
    return this.writing > 0 || this.awaitedAnswers > 0;
  }

  private changeModes(modes: string, left: Left | undefined): void {
    if (modes.includes(LEAVES)) {
      this.hasLeft = true;
      this.shown = null;
      this.isPending = false;
      this.send(CLEAR + modes, left);
    } else {
      if (modes.includes(ENTERS)) this.hasLeft = false;
      this.send(modes.includes(ENTERS) ? modes + HIDE_CURSOR : modes, left);
    }
  }

  /** Frames of one turn of the event loop, as a burst of keys makes them, are painted as one: the last. */
  private schedule(): void {
    if (this.isClosed) return;
    this.isPending = true;
    if (this.isScheduled) return;
    this.isScheduled = true;
    setImmediate(() => {
      this.isScheduled = false;
      this.paintFrame();
    });
  }

  /** Paints the newest frame, unless an older one is still on its way: then it will be, or one that is newer still. */
  private paintFrame(): void {
    if (!this.isPending || this.isClosed || this.hasLeft || this.frame === null) return;
    if (this.writing > 0 || !this.flow.hasRoom) return;
    this.isPending = false;
    const { columns, rows } = this.askSize();
    const next = gridOf(this.frame, columns, rows, this.shown);
    const painting = paint(this.shown, next, { repeats: this.repeats === true });
    this.shown = next;
    if (painting === '') return;
    this.send(this.withQuestions(painting));
    this.restPatience();
  }

  /** What is written for a painting: it appears at once, and the terminal is asked what has to be known of it. */
  private withQuestions(painting: string): string {
    let bytes = painting;
    if (this.repeats === undefined) {
      this.repeats = null;
      // The first painting clears the screen, and with it what this leaves there.
      bytes = REPEAT_QUESTION + bytes;
    }
    const length = Buffer.byteLength(bytes);
    if (length > ONE_PIECE_BYTES) bytes = SYNCHRONIZED[0] + bytes + SYNCHRONIZED[1];
    return this.flow.send(length) ? bytes + STATUS_QUESTION : bytes;
  }

  private send(text: string, left?: Left): void {
    this.writing++;
    this.writeBytes(text, (error) => {
      this.writing--;
      // A terminal that cannot be written to has gone: nothing more is painted, and nothing will answer.
      if (error != null) {
        this.isClosed = true;
        this.giveUp();
      }
      left?.();
      this.wake();
    });
  }

  /** Something has left, or been answered: goes on with what waits for that. */
  private wake(): void {
    const settled = this.isBusy() ? [] : this.settling.splice(0);
    for (const resolve of settled) resolve();
    // Who has waited may want to leave, and comes first: what is asked behind another frame would be answered to the shell.
    if (settled.length === 0) this.paintFrame();
    else if (this.isPending) this.schedule();
  }

  /** An answer that never comes must not hold up the next frame for ever. */
  private restPatience(): void {
    clearTimeout(this.impatience);
    if (this.awaitedAnswers > 0) this.impatience = setTimeout(this.giveUp, PATIENCE_MS).unref();
  }

  /** Waits for no answer any more. */
  private readonly giveUp = (): void => {
    this.flow.giveUp();
    this.repeats ??= false;
    this.wake();
  };
}
