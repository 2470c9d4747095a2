// Reads golden screens: what stands in each cell, and in which style.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import stringWidth from 'string-width';

/** A cell of a golden screen. The second cell of a wide character has no text. */
export interface GoldenCell {
  readonly text: string;
  /** The style in the words of the golden screen's legend: `plain`, `bold red`. */
  readonly style: string;
}

export type GoldenRows = readonly (readonly GoldenCell[])[];

const snapshots = join(import.meta.dirname, '../snapshots');
const graphemes = new Intl.Segmenter();
const PLAIN = 'plain';

/** The text of `snapshots/<name>.txt`, without the line's end behind its last line. */
export function goldenText(name: string): string {
  return readFileSync(join(snapshots, `${name}.txt`), 'utf8').replace(/\n$/, '');
}

/** The cells of a golden screen in colour. @param name as in `explore.120x40`. @throws where its two files disagree. */
export function goldenRows(name: string): GoldenRows {
  return rowsOf(goldenText(name), goldenText(`${name}.colour`));
}

/**
 * Lays a screen's text and its styles over each other.
 * @param text its lines, without the blanks at their ends.
 * @param styles one letter a cell, plain cells at the end left out; an empty line, then what each letter means.
 */
export function rowsOf(text: string, styles: string): GoldenRows {
  const lines = text.split('\n');
  const map = styles.split('\n');
  const legend = new Map(map.splice(lines.length).filter(Boolean).map(meaningOf));
  if (map.length < lines.length || legend.size === 0)
    throw new Error('The styles are those of another screen.');
  return lines.map((line, y) => {
    const letters = Array.from(map[y] ?? '');
    const texts = cellsOf(line);
    const width = Math.max(texts.length, letters.length);
    return Array.from({ length: width }, (_, x) => {
      const letter = letters[x];
      const style = letter === undefined ? PLAIN : legend.get(letter);
      if (style === undefined) throw new Error(`No style is called “${letter ?? ''}”.`);
      return { text: texts[x] ?? ' ', style };
    });
  });
}

/** As in `g green`. */
function meaningOf(line: string): [string, string] {
  return [line.slice(0, 1), line.slice(2)];
}

function cellsOf(line: string): string[] {
  return Array.from(graphemes.segment(line), ({ segment }) => segment).flatMap((grapheme) => {
    return stringWidth(grapheme) === 2 ? [grapheme, ''] : [grapheme];
  });
}
