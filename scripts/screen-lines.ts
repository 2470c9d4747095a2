// Lines and blocks of a screen as shapes. In whichever font a picture is shown, its borders must join: a font's own
// characters for them are as high as the font likes, and leave gaps between rows.

/** Cells that are drawn as shapes: `arms` lead from the middle up, right, down and left; a weight each. */
const LINES: Readonly<Record<string, readonly [number, number, number, number]>> = {
  '─': [0, 1, 0, 1],
  '│': [1, 0, 1, 0],
  '┌': [0, 1, 1, 0],
  '┐': [0, 0, 1, 1],
  '└': [1, 1, 0, 0],
  '┘': [1, 0, 0, 1],
  '├': [1, 1, 1, 0],
  '┤': [1, 0, 1, 1],
  '━': [0, 2, 0, 2],
  '┃': [2, 0, 2, 0],
  '┏': [0, 2, 2, 0],
  '┓': [0, 0, 2, 2],
  '┗': [2, 2, 0, 0],
  '┛': [2, 0, 0, 2],
};

/** How much of a block is ink. */
const BLOCKS: Readonly<Record<string, number>> = { '█': 1, '▓': 0.75, '▒': 0.5, '░': 0.25 };

/** Where two arms lie on one line, in halves of a cell from the screen's upper left corner. */
interface Stroke {
  readonly weight: number;
  readonly isVertical: boolean;
  /** Of the line itself. */
  readonly at: number;
  readonly from: number;
  readonly to: number;
}

export const isLine = (text: string): boolean => Object.hasOwn(LINES, text);

/** How much of its cell a block fills with ink, by opacity; null: it is none. */
export const inkOf = (text: string): number | null => BLOCKS[text] ?? null;

/** The lines of one colour, each as long as it can be. */
export class Strokes {
  private readonly all: Stroke[] = [];

  /** Adds a character that `isLine`, at a cell. */
  add(text: string, x: number, y: number): void {
    const [up, right, down, left] = LINES[text] ?? [0, 0, 0, 0];
    const middle = { x: 2 * x + 1, y: 2 * y + 1 };
    const across = (weight: number, from: number) =>
      this.put({ weight, isVertical: false, at: middle.y, from, to: from + 1 });
    const along = (weight: number, from: number) =>
      this.put({ weight, isVertical: true, at: middle.x, from, to: from + 1 });
    across(left, middle.x - 1);
    across(right, middle.x);
    along(up, middle.y - 1);
    along(down, middle.y);
  }

  private put(stroke: Stroke): void {
    if (stroke.weight > 0) this.all.push(stroke);
  }

  /** By weight, with strokes that meet end to end made one. */
  joined(): Map<number, Stroke[]> {
    const byWeight = Map.groupBy(this.all, ({ weight }) => weight);
    return new Map(
      [...byWeight].sort(([a], [b]) => a - b).map(([weight, strokes]) => [weight, join(strokes)]),
    );
  }
}

function join(strokes: readonly Stroke[]): Stroke[] {
  const joined: Stroke[] = [];
  for (const stroke of strokes.toSorted(
    (a, b) => Number(a.isVertical) - Number(b.isVertical) || a.at - b.at || a.from - b.from,
  )) {
    const last = joined.at(-1);
    const goesOn = last?.isVertical === stroke.isVertical && last.at === stroke.at && last.to >= stroke.from;
    if (last !== undefined && goesOn) joined.splice(-1, 1, { ...last, to: stroke.to });
    else joined.push(stroke);
  }
  return joined;
}
