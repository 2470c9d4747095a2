import { describe, expect, it } from 'vitest';
import type { Command } from '../../../src/state/actions.ts';
import type { ScreenSize, State } from '../../../src/state/state.ts';
import { wasteLines } from '../../../src/ui/screens/waste.ts';
import { DEFAULT_KEYMAP } from '../../../src/ui/keymap.ts';
import { statusLine } from '../../../src/ui/status-line.ts';
import { file, whiteout } from '../../harness/archive.ts';
import { after, opened, SMALL, WIDE } from '../../harness/explorer.ts';
import { ASCII, textOf, UNICODE } from '../../harness/explorer-screen.ts';
import type { Layers } from '../../harness/tree.ts';

const bytes = (count: number): string => 'x'.repeat(count);

/** Rounded figures of these do not add up: 1.5, 1.4, 1.4 and 1.5 kB are not 5.9 kB. */
const LAYERS: Layers = [
  [file('lists/a', bytes(1460)), file('etc/conf', bytes(1450)), file('bin/sh', bytes(80))],
  [file('app/f1', bytes(720)), file('app/f2', bytes(725))],
  [whiteout('lists/a')],
  [file('app/f1', bytes(720), { uid: 7 }), file('app/f2', bytes(725), { uid: 7 })],
  [file('etc/conf', '')],
];
const HISTORY = [
  'ADD base',
  'COPY app',
  'RUN rm -rf lists',
  '(ENV A=b)',
  'RUN chown -R 7 app',
  'RUN :> etc/conf',
];

const waste = (size: ScreenSize, ...commands: readonly Command[]): State =>
  after(opened(LAYERS, { history: HISTORY, size }), 'waste-screen', ...commands);

const screen = (state: State, theme = UNICODE): string[] =>
  wasteLines(state, theme.glyphs, DEFAULT_KEYMAP).map(textOf);

/** Rows of the pane whose title begins so, blanks between words as one. */
function pane(state: State, title: string): string[] {
  const lines = screen(state);
  const top = lines.findIndex((line) => new RegExp(`^[┌┏][─━] ${title}`, 'u').test(line));
  const end = lines.findIndex((line, row) => row > top && /^[└┗]/u.test(line));
  return lines.slice(top + 1, end).map((line) => line.slice(1, -1).replaceAll(/ +/g, ' ').trim());
}

describe('the totals', () => {
  const sizes = [SMALL, WIDE, { columns: 60, rows: 15 }, { columns: 200, rows: 60 }];

  it.each(sizes)('reconcile to the byte on the screen at $columns x $rows', (size) => {
    const figures = pane(waste(size), 'Where every byte went').map((row) => {
      const [, name, exact] = /^(\w+) .*?B ([\d ]+) B /.exec(row) ?? [];
      return [name, Number(exact?.replaceAll(' ', ''))] as const;
    });
    expect(figures).toEqual([
      ['live', 1525],
      ['overwritten', 1450],
      ['repeated', 1445],
      ['deleted', 1460],
      ['total', 1525 + 1450 + 1445 + 1460],
    ]);
  });

  it('say by what they add up, and what a squash saves', () => {
    const lines = screen(waste(SMALL));
    expect(lines[0]).toContain('total = live + overwritten + repeated + deleted');
    expect(lines[5]).toContain('a squash saves 4.4 kB');
  });

  it('draw each part to scale: what is there at all has a cell', () => {
    const tiny = [[file('a', bytes(100_000)), file('b', 'x')], [whiteout('b')]];
    const bars = pane(after(opened(tiny), 'waste-screen'), 'Where every byte went').map(
      (row) => /[█▒]+/u.exec(row)?.[0] ?? '',
    );
    expect(bars.map((bar) => bar.slice(0, 1))).toEqual(['█', '', '', '▒', '']);
    expect(bars[0]?.length).toBeGreaterThan(50);
    expect(bars[3]).toBe('▒');
  });

  it('say how far they go while layers come', () => {
    const reading = after(opened(LAYERS, { read: 3 }), 'waste-screen');
    expect(screen(reading)[0]).toContain('so far, 3 of 5 layers');
  });
});

describe('the groups', () => {
  it('have bytes, share, copies, what they share, and why', () => {
    expect(pane(waste(WIDE), 'Waste by cause').filter((row) => row !== '')).toEqual([
      'bytes share copies # command that wastes why',
      '▸ 1.5 kB 24.8 % 1 2 RUN rm -rf lists ✗ deletes 1 file of 0: its bytes stay below',
      '1.4 kB 24.7 % 1 4 RUN :> etc/conf ~ overwrites 1 file of 0',
      '1.4 kB 24.6 % 2 3 RUN chown -R 7 app ↻ repeats 2 files of 1: only the owner differs',
    ]);
  });

  it('name in their title what else they may be grouped by, and the key', () => {
    const offer = 'c groups by cause · path · directory · fate';
    expect(screen(waste(WIDE))[7]).toContain(` ${offer}  1 of 3 `);
    // Where what would help is not to be seen, the key that shows it is worth more than how else there are groups.
    expect(screen(waste(SMALL))[7]).toContain(' c groups anew  d what would help  1 of 3 ');
    expect(screen(waste({ columns: 120, rows: 24 }))[7]).toContain(` ${offer}  d what would help  1 of 3 `);
    expect(screen(waste(SMALL, 'details'))[7]).toContain(` ${offer}  1 of 3 `);
    expect(screen(waste(SMALL, 'group'))[7]).toContain(' Waste by path ');
  });

  it('keep their names, and give up why, copies and share, as the screen narrows', () => {
    const heading = (columns: number): string =>
      pane(waste({ columns, rows: 24 }), 'Waste by cause')[0] ?? '';
    expect(heading(80)).toBe('bytes share copies # command that wastes why');
    expect(heading(70)).toBe('bytes share copies # command that wastes');
    expect(heading(60)).toBe('bytes share copies # command that wastes');
  });
});

describe('the copies', () => {
  it('are those of the group under the cursor', () => {
    expect(pane(waste(WIDE, 'last'), 'Copies').filter((row) => row !== '')).toEqual([
      'bytes from path fate',
      '▸ 725 B 1 /app/f2 ↻ repeated in 3',
      '720 B 1 /app/f1 ↻ repeated in 3',
    ]);
  });

  it('are all that is seen beside the totals where they have the focus and rows are few', () => {
    const low = { columns: 80, rows: 15 };
    expect(pane(waste(low), 'Waste by cause')).not.toEqual([]);
    expect(screen(waste(low, 'enter')).join('\n')).not.toContain('Waste by');
    expect(pane(waste(low, 'enter'), 'Copies')).toContain('▸ 1.5 kB 0 /lists/a ✗ deleted in 2');
  });
});

describe('what would help', () => {
  it('is said of the group under the cursor', () => {
    expect(pane(waste(WIDE, 'last'), 'What would help').slice(0, 2)).toEqual([
      '1.4 kB Layer 3 repeats 2 files of layer 1: only owner changed.',
      'Set it where the files are made (COPY --chown=… in layer 1); layer 3 is then not needed.',
    ]);
  });

  it('says so where it is too little, and where there is nothing', () => {
    const tiny = [[file('a', bytes(100_000)), file('b', 'x')], [whiteout('b')]];
    expect(pane(after(opened(tiny), 'waste-screen'), 'What would help')[0]).toMatch(/too little/);
    expect(pane(after(opened([[]]), 'waste-screen'), 'What would help')[0]).toMatch(/nothing to save/);
  });
});

describe('the status line there', () => {
  const status = (state: State): string =>
    textOf(statusLine({ ...state, message: null }, UNICODE.glyphs, DEFAULT_KEYMAP));

  it('says why the group under the cursor is wasted, in one sentence', () => {
    expect(status(waste(SMALL))).toContain('Layer 2 deletes 1 file of 0: its bytes stay below.');
    expect(status(waste(SMALL, 'group'))).toContain('/lists/a: deleted in 2.');
    expect(status(waste(WIDE, 'group', 'group', 'group'))).toContain('in 2: the bytes stay below.');
  });

  it('tells the life of the file that a copy is of', () => {
    expect(status(waste(WIDE, 'last', 'enter'))).toContain('/app/f2  1 added → 3 owner 0:0 ▸ 7:0');
  });

  it('ends in the keys that are worth knowing', () => {
    expect(status(waste(WIDE))).toMatch(/Enter copies {2}c group {2}Tab panes {2}\? keys $/);
    expect(status(waste(SMALL, 'enter'))).toMatch(/Enter go to the file {2}\? keys $/);
  });
});

it('the waste needs no character beyond ASCII', () => {
  expect(screen(waste(WIDE), ASCII).join('')).toMatch(/^[ -~]*$/);
});
