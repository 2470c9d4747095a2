// A terminal's cursor and pen: what is asked of them, in as few bytes as it takes.
import { isAscii, mostCellsOf } from './grapheme.ts';
import { type CellStyle, isUnseenOnBlanks, PLAIN, sgrBetween } from './style.ts';

const CSI = '\u001b[';

/** What a terminal is known to do beyond what every one does. */
export interface Abilities {
  /** Whether it repeats an ASCII character (ECMA-48's REP), which the linux console, for instance, does not. */
  readonly repeats: boolean;
}

/** Writes into cells, and knows where that leads. Columns and rows count from 0. */
export class Pen {
  /** What it has written so far. */
  written = '';
  private readonly columns: number;
  private readonly can: Abilities;
  /** -1: nobody knows where the cursor stands. */
  private x = -1;
  private y = -1;
  /** Whether all since the last absolute move was ASCII, so that every terminal is in the same column. */
  private isExact = false;
  private style = PLAIN;

  constructor(columns: number, can: Abilities) {
    this.columns = columns;
    this.can = can;
  }

  /** A pen that stands where this one stands, and has written nothing. */
  copy(): Pen {
    const pen = new Pen(this.columns, this.can);
    pen.x = this.x;
    pen.y = this.y;
    pen.isExact = this.isExact;
    pen.style = this.style;
    return pen;
  }

  isAt(x: number, y: number): boolean {
    return this.x === x && this.y === y;
  }

  /** Does what `other`, a copy of this one, has done. */
  follow(other: Pen): void {
    this.written += other.written;
    this.x = other.x;
    this.y = other.y;
    this.isExact = other.isExact;
    this.style = other.style;
  }

  moveTo(x: number, y: number): void {
    if (this.isAt(x, y)) return;
    this.written += this.shortestMove(x, y);
    // A relative move leaves the doubt where it is; one is made only where there is none.
    this.isExact = true;
    this.x = x;
    this.y = y;
  }

  private shortestMove(x: number, y: number): string {
    const absolute = `${CSI}${y === 0 && x === 0 ? '' : y + 1}${x === 0 ? '' : `;${x + 1}`}H`;
    // Behind the last column a terminal's cursor is neither here nor there.
    if (this.y < 0 || this.x < 0 || this.x >= this.columns) return absolute;
    if (this.y === y) {
      if (x === 0) return '\r';
      if (!this.isExact) return `${CSI}${x + 1}G`;
      const distance = x - this.x;
      if (distance < 0) return distance > -4 ? '\b'.repeat(-distance) : `${CSI}${-distance}D`;
      return `${CSI}${distance === 1 ? '' : distance}C`;
    }
    if (this.x === x && this.isExact) return this.y + 1 === y ? `${CSI}B` : `${CSI}${y + 1}d`;
    return absolute;
  }

  /** Writes a grapheme that every terminal takes the same number of cells for, once or several times. */
  put(grapheme: string, cells: number, style: CellStyle, times = 1): void {
    this.use(style);
    const repeat = `${CSI}${times - 1}b`;
    // tmux (3.3) repeats the ASCII character before instead, where it is another one that is to be repeated.
    const isRepeated = this.can.repeats && repeat.length < times - 1 && isAscii(grapheme);
    if (isRepeated) this.written += grapheme + repeat;
    else this.written += grapheme.repeat(times);
    this.x += cells * times;
    if (grapheme.charCodeAt(0) > 0x7e) this.isExact = false;
  }

  /**
   * Writes blanks that look like plain ones, in a style that does not show on them.
   * @param next the style of what comes next, which may as well be taken now
   * @param isLast whether nothing is written behind them, so that the cursor need not follow
   */
  blank(count: number, next: CellStyle, isLast: boolean): void {
    if (!isUnseenOnBlanks(this.style)) this.use(isUnseenOnBlanks(next) ? next : PLAIN);
    const erase = `${CSI}${count}X`;
    if (isLast && erase.length < count) this.written += erase;
    else this.put(' ', 1, this.style, count);
  }

  /**
   * Writes a grapheme that some terminals take another number of cells for: onto blanks, for those that take fewer; and
   * so that one that takes more than the row has left does not go on in the next. The cursor is anywhere then.
   */
  putDoubtful(grapheme: string, cells: number, style: CellStyle): void {
    const { x, y } = this;
    this.use(style);
    this.written += ' '.repeat(cells);
    this.x += cells;
    this.isExact = false;
    this.written += this.x >= this.columns ? `${CSI}${y + 1};${x + 1}H` : `${CSI}${x + 1}G`;
    const mayWrap = x + mostCellsOf(grapheme, cells) >= this.columns;
    this.written += mayWrap ? `${CSI}?7l${grapheme}${CSI}?7h` : grapheme;
    this.x = this.y = -1;
  }

  /** Erases to the end of the row. */
  eraseRest(): void {
    this.use(PLAIN);
    this.written += `${CSI}K`;
  }

  /** Changes to a style. */
  use(style: CellStyle): void {
    this.written += sgrBetween(this.style, style);
    this.style = style;
  }
}
