import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cellsOf, graphemesOf } from '../../src/ui/terminal/grapheme.ts';
import { failureOfTest } from './conditions.ts';
import { differences } from './differences.ts';
import type { Screen } from './screen.ts';
import { drawStyles } from './style.ts';

const snapshots = fileURLToPath(new URL('../../snapshots/', import.meta.url));

/** Stands between a screen's text and its styles. */
const STYLES = '--- styles, one letter a cell ---';

/** How to compare; only the harness's own test asks for more than colours. */
export interface GoldenOptions {
  /** Adds a second block: one letter a cell for its style, and what the letters mean. */
  readonly withStyles?: boolean;
  /** Where the file stands. Default `snapshots/`. */
  readonly folder?: string;
  /** Writes the file instead of comparing. Default: PEEL_WRITE_SNAPSHOTS is 1. */
  readonly rewrite?: boolean;
  /** Milliseconds for the last frame to arrive once the test's own condition was met: a bound for failures. */
  readonly bound?: number;
}

/**
 * Waits until the screen equals `snapshots/<scenario>.<columns>x<rows>.txt`, which is written only on request.
 * @param scenario kebab-case, one name for one sequence of keys.
 * @throws with the lines that differ; also when there is no such file.
 */
export async function expectGolden(
  screen: Screen,
  scenario: string,
  options: GoldenOptions = {},
): Promise<void> {
  const { withStyles = false, folder = snapshots, bound = 10_000 } = options;
  const { rewrite = process.env['PEEL_WRITE_SNAPSHOTS'] === '1' } = options;
  const path = join(folder, `${scenario}.${screen.columns}x${screen.rows}.txt`);
  if (rewrite) {
    await screen.settles();
    mkdirSync(folder, { recursive: true });
    writeFileSync(path, picture(screen, withStyles));
    return;
  }
  const golden = withoutUnseen(read(path));
  const failure = failureOfTest();
  try {
    await screen.until(`the screen is ${scenario}`, () => picture(screen, withStyles) === golden, bound);
  } catch {
    const lines = differences(golden, picture(screen, withStyles));
    failure.message = `${path} (-) is not what the screen shows (+):\n${lines}`;
    throw failure;
  }
}

function picture(screen: Screen, withStyles: boolean): string {
  const lines = screen.lines();
  if (withStyles) {
    const { map, legend } = drawStyles(screen.styles());
    lines.push('', STYLES, ...map, '', ...legend);
  }
  return lines.join('\n') + '\n';
}

/** A picture without the styles that nobody could see, of blanks on which nothing is drawn: see `styleOf`. */
function withoutUnseen(picture: string): string {
  const lines = picture.split('\n');
  const start = lines.indexOf(STYLES) + 1;
  if (start === 0) return picture;
  const rows = start - 2;
  const isDrawn = (line: string) => / on |inverse|underline|strikethrough/.test(line);
  const drawn = new Set(lines.slice(start + rows).flatMap((line) => (isDrawn(line) ? [line.charAt(0)] : [])));
  const map = lines.slice(start, start + rows).map((letters, y) => {
    const cells = graphemesOf(lines[y] ?? '').flatMap((text) => [
      text,
      ...Array<string>(cellsOf(text) - 1).fill(''),
    ]);
    const isUnseen = (letter: string, x: number) => (cells[x] ?? ' ') === ' ' && !drawn.has(letter);
    return Array.from(letters, (letter, x) => (isUnseen(letter, x) ? '.' : letter))
      .join('')
      .replace(/\.+$/, '');
  });
  const used = new Set(map.join(''));
  const legend = lines.slice(start + rows + 1).filter((line) => line === '' || used.has(line.charAt(0)));
  return [...lines.slice(0, start), ...map, '', ...legend].join('\n');
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw new Error(`no golden screen ${path}; PEEL_WRITE_SNAPSHOTS=1 writes it, then look at it`);
  }
}
