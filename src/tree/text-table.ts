// The few long texts of an image, link targets and attributes, each once and by its number.

import { columnIn, type Columns } from './columns.ts';
import type { Column } from './growable.ts';
import { checkLimit, TREE_LIMITS, type TreeLimits } from './limits.ts';

/** Texts that were kept, one byte a unit: text n is bytes starts[n] to starts[n + 1]. */
interface KeptTexts {
  readonly starts: Uint32Array;
  readonly bytes: Uint8Array;
}

/** Strings by number, each once. 0 is the empty one. */
export class TextTable {
  /** Those that were kept are made when they are first asked for. */
  private readonly texts: (string | undefined)[] = [''];
  private readonly numbers = new Map<string, number>([['', 0]]);
  private units = 0;
  /** What was kept, until another text comes. */
  private kept: KeptTexts | null = null;
  private readonly limits: Pick<TreeLimits, 'textUnits'>;

  constructor(limits: Pick<TreeLimits, 'textUnits'> = TREE_LIMITS) {
    this.limits = limits;
  }

  /** @throws PeelError `hostile` when there are more texts than any image has. */
  intern(text: string): number {
    // As nearly all are.
    if (text === '') return 0;
    this.makeKept();
    const known = this.numbers.get(text);
    if (known !== undefined) return known;
    this.units += text.length;
    checkLimit(this.units, this.limits.textUnits, 'characters of links and attributes');
    const number = this.texts.push(text) - 1;
    this.numbers.set(text, number);
    return number;
  }

  text(number: number): string {
    return (this.texts[number] ??= this.keptText(number));
  }

  /** All there is to keep of the table. */
  columns(): Columns {
    this.makeKept();
    const starts = new Uint32Array(this.texts.length + 1);
    for (let number = 0; number < this.texts.length; number++)
      starts[number + 1] = starts[number]! + this.text(number).length;
    const bytes = new Uint8Array(starts[this.texts.length]!);
    for (let number = 0; number < this.texts.length; number++) {
      const text = this.text(number);
      for (let at = 0; at < text.length; at++) bytes[starts[number]! + at] = text.charCodeAt(at);
    }
    return new Map<string, Column>([
      ['starts', starts],
      ['bytes', bytes],
    ]);
  }

  /**
   * A table that was kept.
   * @throws RangeError where the columns are not those of a table.
   */
  static of(columns: Columns): TextTable {
    const starts = columnIn(columns, 'starts', Uint32Array);
    const bytes = columnIn(columns, 'bytes', Uint8Array, starts.at(-1));
    if (starts.length < 2) throw new RangeError('The empty text is in every table.');
    const table = new TextTable();
    table.kept = { starts, bytes };
    table.units = bytes.length;
    return table;
  }

  /** All texts that were kept, which are looked for from now on. */
  private makeKept(): void {
    if (this.kept === null) return;
    const count = this.kept.starts.length - 1;
    for (let number = 1; number < count; number++) {
      const text = this.text(number);
      this.texts[number] = text;
      this.numbers.set(text, number);
    }
    this.kept = null;
  }

  private keptText(number: number): string {
    if (this.kept === null) throw new RangeError(`No such text: ${number}.`);
    const { starts, bytes } = this.kept;
    let text = '';
    for (let at = starts[number]!; at < starts[number + 1]!; at++) text += String.fromCharCode(bytes[at]!);
    return text;
  }
}
