// What differs between two texts, line by line: runs of lines, of which rows are made when they are drawn.

import { diffArrays } from 'diff';
import { LineNumbering, type NumberedLines } from './line-numbers.ts';
import { MAX_ROW_BYTES } from './row-index.ts';
import { readerOf, shownPiece } from './shown-line.ts';
import type { TextView } from './text-view.ts';

/** Texts larger than this are not compared. */
export const MAX_COMPARED_BYTES = 16 * 1024 * 1024;

/**
 * More lines than this, removed and added together, are not matched with each other: finding the shortest difference
 * takes time with the square of its length. What a slow machine has not found by then is given up too.
 */
const MAX_EDITS = 4000;
const TIMEOUT_MS = 500;

/** Unchanged lines that are shown around what differs. */
const CONTEXT_LINES = 3;

/** A row of a difference; lines are numbered from 1. */
export type DifferenceRow =
  | {
      readonly kind: 'same' | 'removed' | 'added';
      /** Null where the line is not there. */
      readonly before: number | null;
      readonly after: number | null;
      readonly text: string;
      /** Whether it is a last line that no line feed ends. */
      readonly isUnended: boolean;
    }
  /** So many unchanged lines, from these on. */
  | { readonly kind: 'folded'; readonly before: number; readonly after: number; readonly count: number };

/** Lines that have the same fate; they begin at these lines, from 0, of either text. */
interface Run {
  readonly kind: DifferenceRow['kind'];
  readonly before: number;
  readonly after: number;
  readonly count: number;
}

/**
 * What differs between two texts; null where they are too large to compare.
 * @param context unchanged lines that are shown around each change; Infinity folds nothing.
 */
export function differenceOf(
  before: TextView,
  after: TextView,
  context: number = CONTEXT_LINES,
): Difference | null {
  if (Math.max(before.bytes.length, after.bytes.length) > MAX_COMPARED_BYTES) return null;
  const numbering = new LineNumbering();
  const old = numbering.of(before.bytes);
  const young = numbering.of(after.bytes);
  const { runs, isExact } = runsOf(old.numbers, young.numbers);
  // Where each line of both ends so, a carriage return is no news.
  const hidesReturns = before.endings === 'CRLF' && after.endings === 'CRLF';
  return new Difference(old, young, { runs: folded(runs, context), isExact, hidesReturns });
}

interface Comparison {
  readonly runs: readonly Run[];
  readonly isExact: boolean;
  readonly hidesReturns: boolean;
}

/** The difference of two texts in rows. */
export class Difference {
  readonly rowCount: number;
  /** Lines. */
  readonly added: number;
  readonly removed: number;
  /** False where so much differs that what lies between the first change and the last is told as one. */
  readonly isExact: boolean;
  private readonly before: NumberedLines;
  private readonly after: NumberedLines;
  private readonly runs: readonly Run[];
  /** The first row of each run. */
  private readonly firstRows: readonly number[];
  private readonly hidesReturns: boolean;

  constructor(before: NumberedLines, after: NumberedLines, { runs, isExact, hidesReturns }: Comparison) {
    this.before = before;
    this.after = after;
    this.runs = runs;
    this.isExact = isExact;
    this.hidesReturns = hidesReturns;
    let rows = 0;
    this.firstRows = runs.map((run) => (rows += rowsOf(run)) - rowsOf(run));
    this.rowCount = rows;
    const linesOf = (kind: Run['kind']) =>
      runs.reduce((sum, run) => sum + (run.kind === kind ? run.count : 0), 0);
    this.added = linesOf('added');
    this.removed = linesOf('removed');
  }

  /** The rows from `first` on, as many as there are. */
  rows(first: number, count: number): DifferenceRow[] {
    const end = Math.min(this.rowCount, first + count);
    const rows: DifferenceRow[] = [];
    for (let row = Math.max(0, first), at = this.runAt(row); row < end; row++) {
      if (row >= (this.firstRows[at + 1] ?? Infinity)) at++;
      const run = this.runs[at];
      if (run !== undefined) rows.push(this.rowOf(run, row - (this.firstRows[at] ?? 0)));
    }
    return rows;
  }

  /** The first row of the next change below a row, or of the one above it; null where there is none. */
  changeFrom(row: number, direction: 'next' | 'previous'): number | null {
    const starts = this.firstRows.filter((_, index) => this.beginsChange(index));
    const found =
      direction === 'next' ? starts.find((start) => start > row) : starts.findLast((start) => start < row);
    return found ?? null;
  }

  private beginsChange(index: number): boolean {
    const isChange = (kind: Run['kind'] | undefined) => kind === 'removed' || kind === 'added';
    return isChange(this.runs[index]?.kind) && !isChange(this.runs[index - 1]?.kind);
  }

  private runAt(row: number): number {
    const next = this.firstRows.findIndex((first) => first > row);
    return (next === -1 ? this.runs.length : next) - 1;
  }

  private rowOf({ kind, before, after, count }: Run, index: number): DifferenceRow {
    if (kind === 'folded') return { kind, before: before + 1, after: after + 1, count };
    const isAdded = kind === 'added';
    const lines = isAdded ? this.after : this.before;
    const line = (isAdded ? after : before) + index;
    return {
      kind,
      before: isAdded ? null : before + index + 1,
      after: kind === 'removed' ? null : after + index + 1,
      ...this.shown(lines, line),
    };
  }

  private shown({ bytes, starts }: NumberedLines, line: number): { text: string; isUnended: boolean } {
    const start = starts[line] ?? 0;
    let end = starts[line + 1] ?? 0;
    const isUnended = bytes[end - 1] !== LINE_FEED;
    if (!isUnended) end--;
    if (this.hidesReturns && bytes[end - 1] === CARRIAGE_RETURN) end--;
    const isCut = end - start > MAX_ROW_BYTES;
    const part = bytes.subarray(start, isCut ? start + MAX_ROW_BYTES : end);
    return { text: shownPiece(readerOf(part)(part), 0).text + (isCut ? '…' : ''), isUnended };
  }
}

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

const rowsOf = ({ kind, count }: Run): number => (kind === 'folded' ? 1 : count);

/** What two texts have in common at either end needs no looking for. */
function runsOf(before: Int32Array, after: Int32Array): { runs: Run[]; isExact: boolean } {
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < shorter - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  const middle = [before, after].map((lines) => Array.from(lines.subarray(head, lines.length - tail)));
  const [old = [], young = []] = middle;
  const changes = diffArrays(old, young, { maxEditLength: MAX_EDITS, timeout: TIMEOUT_MS });
  const runs = new Runs();
  runs.add('same', head);
  if (changes === undefined) {
    runs.add('removed', old.length);
    runs.add('added', young.length);
  } else {
    for (const { added, removed, count } of changes) {
      runs.add(added ? 'added' : removed ? 'removed' : 'same', count);
    }
  }
  runs.add('same', tail);
  return { runs: runs.list, isExact: changes !== undefined };
}

/** Runs one behind the other. */
class Runs {
  readonly list: Run[] = [];
  private before = 0;
  private after = 0;

  add(kind: Run['kind'], count: number): void {
    if (count <= 0) return;
    const { before, after } = this;
    this.list.push({ kind, before, after, count });
    if (kind !== 'added') this.before += count;
    if (kind !== 'removed') this.after += count;
  }
}

/** Of unchanged lines those near a change; a single line is not worth folding. */
function folded(runs: readonly Run[], context: number): readonly Run[] {
  if (context === Infinity) return runs;
  const list = new Runs();
  for (const [index, { kind, count }] of runs.entries()) {
    const head = index === 0 ? 0 : context;
    const tail = index === runs.length - 1 ? 0 : context;
    const hidden = count - head - tail;
    if (kind !== 'same' || hidden < 2) list.add(kind, count);
    else {
      list.add('same', head);
      list.add('folded', hidden);
      list.add('same', tail);
    }
  }
  return list.list;
}
