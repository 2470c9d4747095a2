import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { failureOfTest } from './conditions.ts';
import { differences } from './differences.ts';
import type { Screen } from './screen.ts';
import { drawStyles } from './style.ts';

const snapshots = fileURLToPath(new URL('../../snapshots/', import.meta.url));

/** What to compare, and where. */
export interface GoldenOptions {
  /** Compares the styles in place of the text: one letter a cell, and what the letters mean. Each look has its file. */
  readonly look?: 'colour' | 'mono';
  /** What another run would show otherwise, and what stands for it: as many cells. */
  readonly change?: { readonly from: string; readonly to: string };
  /** Where the file stands. Default `snapshots/`. */
  readonly folder?: string;
  /** Writes the file instead of comparing. Default: PEEL_WRITE_SNAPSHOTS is 1. */
  readonly rewrite?: boolean;
  /** Milliseconds for the last frame to arrive once the test's own condition was met: a bound for failures. */
  readonly bound?: number;
}

/**
 * Waits until the screen's text equals `snapshots/<scenario>.<columns>x<rows>.txt`, or its styles equal
 * `snapshots/<scenario>.<columns>x<rows>.<look>.txt`. They are written only on request.
 * @param scenario kebab-case, one name for one sequence of keys.
 * @throws with the lines that differ; also when there is no such file.
 */
export async function expectGolden(
  screen: Screen,
  scenario: string,
  options: GoldenOptions = {},
): Promise<void> {
  const { look, change = { from: '', to: '' }, folder = snapshots, bound = 10_000 } = options;
  const { rewrite = process.env['PEEL_WRITE_SNAPSHOTS'] === '1' } = options;
  const suffix = look === undefined ? '' : `.${look}`;
  const path = join(folder, `${scenario}.${screen.columns}x${screen.rows}${suffix}.txt`);
  const picture = () => {
    if (look !== undefined) return stylesOf(screen);
    return change.from === '' ? textOf(screen) : textOf(screen).replaceAll(change.from, change.to);
  };
  if (rewrite) {
    await screen.settles();
    mkdirSync(folder, { recursive: true });
    writeFileSync(path, picture());
    return;
  }
  const golden = read(path);
  const failure = failureOfTest();
  try {
    await screen.until(`the screen is ${scenario}`, () => picture() === golden, bound);
  } catch {
    const lines = differences(golden, picture());
    failure.message = `${path} (-) is not what the screen shows (+):\n${lines}`;
    throw failure;
  }
}

function textOf(screen: Screen): string {
  return screen.text() + '\n';
}

function stylesOf(screen: Screen): string {
  const { map, legend } = drawStyles(screen.styles());
  return [...map, '', ...legend].join('\n') + '\n';
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw new Error(`no golden screen ${path}; PEEL_WRITE_SNAPSHOTS=1 writes it, then look at it`);
  }
}
