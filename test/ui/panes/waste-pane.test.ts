import { describe, expect, it } from 'vitest';
import type { State } from '../../../src/state/state.ts';
import { file, whiteout } from '../../harness/archive.ts';
import { after, opened } from '../../harness/explorer.ts';
import { paneLines } from '../../harness/explorer-screen.ts';

const LONG = `${'directory/'.repeat(12)}name.txt`;
const SHOP = [
  [file('a', 'x'.repeat(3000)), file('b', 'y'.repeat(2000)), file('c', 'z'.repeat(1000)), file('empty', '')],
  [file('a', 'other'), file('b', 'y'.repeat(2000), { uid: 7 }), file(LONG, 'n'.repeat(10))],
  [whiteout('c'), whiteout('empty'), whiteout(LONG)],
];

/** Rows without borders and the blanks at their ends; headings and empty rows are left out. */
const rows = (state: State): string[] =>
  paneLines(state, 'waste')
    .slice(2, -1)
    .map((line) => line.slice(1, -1).trimEnd())
    .filter((line) => line !== '');
const inWords = (text: string): string => text.replace(/\s+/g, ' ').trim();

describe('the waste pane', () => {
  const wide = after(opened(SHOP, { size: { columns: 200, rows: 40 } }), 'waste');

  it('lists hidden copies with their bytes, layer, path and fate, most bytes first', () => {
    expect(rows(wide).slice(0, 3).map(inWords)).toEqual([
      '▸ 3.0 kB 0 /a ~ overwritten in 1',
      '2.0 kB 0 /b ↻ repeated in 1',
      '1.0 kB 0 /c ✗ deleted in 2',
    ]);
  });

  it('says with its sign alone what became of a copy, where the path needs the room', () => {
    const small = after(opened(SHOP, { size: { columns: 60, rows: 40 } }), 'waste');
    expect(inWords(rows(small)[1] ?? '')).toBe('2.0 kB 0 /b ↻ 1');
  });

  it('never lists a copy without bytes', () => {
    expect(rows(wide)).toHaveLength(4);
    expect(rows(wide).join('\n')).not.toContain('/empty');
  });

  it('keeps the end of a path that is too long', () => {
    expect(rows(wide).at(-1)).toMatch(/…\S+name\.txt/);
  });

  it('has the sum, its share, and the place of the cursor in its frame', () => {
    expect(paneLines(wide, 'waste')[0]).toMatch(/Waste {2}6\.0 kB 75\.0 % .* 1 of 4 /);
    expect(paneLines(after(wide, 'last'), 'waste')[0]).toContain(' 4 of 4 ');
  });

  it('says that nothing is wasted, or nothing so far', () => {
    const clean = [[file('a', 'x')], [file('b', 'y')]];
    expect(rows(opened(clean)).join('')).toBe('  Nothing is wasted.');
    expect(rows(opened(clean, { read: 1 })).join('')).toBe('  Nothing is wasted so far.');
  });
});
