import { describe, expect, it } from 'vitest';
import { FILE_COLUMNS, FILES_PRESET, type FilesPreset } from '../../../src/state/files-state.ts';
import { layoutOf } from '../../../src/state/layout.ts';
import type { State } from '../../../src/state/state.ts';
import { placeAt } from '../../../src/state/pointing.ts';
import { type Columns, columnsFor as columnsOf } from '../../../src/ui/panes/file-columns.ts';
import { isOnFold } from '../../../src/ui/panes/file-rows.ts';
import { directory, file, hardlink, special, symlink, whiteout } from '../../harness/archive.ts';
import { after, opened, typed } from '../../harness/explorer.ts';
import { ASCII, paneLines, UNICODE } from '../../harness/explorer-screen.ts';

const SHOP = [
  [
    directory('app'),
    file('app/f2', 'xx'),
    file('app/f10', 'yyy'),
    file('etc/motd', 'hello'),
    file('gone', 'zz'),
  ],
  [file('app/f2', 'xx', { uid: 1000 }), file('etc/motd', 'hello again'), whiteout('gone'), file('new', 'n')],
];
/** Wide enough for the owner, too narrow for the mode. */
const SIZE = { columns: 140, rows: 40 };
const atLayer = (layer: number): State =>
  after(opened(SHOP, { size: SIZE }), ...(layer === 0 ? [] : (['down'] as const)));

/** Rows of the pane without its borders, heading and the blanks at their ends. */
const rows = (state: State): string[] =>
  paneLines(state, 'files')
    .slice(2, -1)
    .map((line) => line.slice(1, -1).trimEnd())
    .filter((line) => line !== '');

describe('the files pane', () => {
  it('tells of each file what the layer did, its bytes, its owner, and its future', () => {
    expect(rows(atLayer(0))).toEqual([
      '▸+       5 B        0:0 ▾ app/',
      ' +       3 B        0:0     f10',
      ' +       2 B        0:0     f2                                 ↻ repeated in 1',
      ' +       5 B        0:0 ▾ etc/',
      ' +       5 B        0:0     motd                               ~ overwritten in 1',
      ' +       2 B        0:0   gone                                 ✗ deleted in 1',
    ]);
  });

  it('has a mark of its own for every change', () => {
    expect(rows(atLayer(1)).map((row) => row.slice(1).replace(/\s+/g, ' ').trim())).toEqual([
      '11 B 0:0 ▾ etc/',
      '~ 11 B 0:0 motd',
      '2 B 0:0 ▾ app/',
      '± 2 B 1000:0 f2',
      '- 2 B 0:0 gone',
      '+ 1 B 0:0 new',
    ]);
  });

  it('shows where links lead, and what a hard link is a name of', () => {
    const layer = [file('a', 'x'), hardlink('b', 'a'), symlink('c', '../d'), special('fifo', 'e')];
    const state = opened([layer], { size: SIZE });
    const names = rows(after(state, 'toggle-order')).map((row) => row.replace(/.*0:0 +/, ''));
    expect(names).toEqual(['a', 'b = /a', 'c → ../d', 'e']);
  });

  it('says in its frame what it shows, in which order, and how many rows', () => {
    const top = (state: State) => paneLines(state, 'files')[0];
    expect(top(atLayer(1))).toMatch(/Files {2}changes of layer 1 .* by size · 6 rows /);
    expect(top(after(atLayer(1), 'toggle-mode', 'toggle-order'))).toMatch(
      /everything up to layer 1 .* by name/,
    );
    expect(top(after(atLayer(1), 'toggle-added'))).toContain('without added · by size · 5 rows');
    expect(top(typed(after(atLayer(1), 'filter'), 'f2'))).toContain('1 match /f2 · by size · 2 rows');
  });

  it('says which of the matches the cursor is on, once the filter is kept', () => {
    const top = (state: State) => paneLines(state, 'files')[0];
    const kept = after(typed(after(atLayer(1), 'filter'), 'is:modified'), 'enter');
    expect(top(kept)).toContain('1 of 2 match /is:modified');
    expect(top(after(kept, 'up'))).toContain(' 2 match /is:modified');
  });

  it('tells in everything up to a layer what the layer left alone from what it stored again', () => {
    const layers = [
      [file('a', 'x'), file('b', 'x')],
      [file('b', 'x'), file('c', 'x')],
    ];
    const everything = after(opened(layers), 'next-layer', 'toggle-mode', 'toggle-order');
    expect(rows(everything).map((row) => row.slice(1).replace(/ +/g, ' '))).toEqual([
      ' 1 B 0:0 a',
      '= 1 B 0:0 b',
      '+ 1 B 0:0 c',
    ]);
  });

  it('tells what becomes of a file later, in everything and in a range too', () => {
    const layers = [[file('a', 'x')], [file('b', 'x')], [file('a', 'y'), whiteout('b')]];
    const everything = after(opened(layers), 'next-layer', 'toggle-mode', 'toggle-order');
    const range = after(opened(layers), 'toggle-range', 'next-layer', 'toggle-order');
    for (const state of [everything, range]) {
      expect(rows(state).map((row) => row.replace(/^.* ([ab]) +/, '$1 '))).toEqual([
        'a ~ overwritten in 2',
        'b ✗ deleted in 2',
      ]);
    }
  });

  it('has a column of changes in size where there is room, and wherever rows stand by it', () => {
    const wide = after(opened(SHOP, { size: { columns: 155, rows: 40 } }), 'down');
    expect(paneLines(wide, 'files')[1]).toMatch(/size +change +owner path/);
    expect(rows(wide).map((row) => row.slice(1).replace(/\s+/g, ' ').trim())).toEqual([
      '11 B +6 B 0:0 ▾ etc/',
      '~ 11 B +6 B 0:0 motd',
      '2 B 0:0 ▾ app/',
      '± 2 B 1000:0 f2',
      '- 2 B -2 B 0:0 gone',
      '+ 1 B +1 B 0:0 new',
    ]);
    const small = after(opened(SHOP), 'down', 'toggle-order', 'toggle-order');
    expect(paneLines(small, 'files')[0]).toContain('by change');
    expect(rows(small).map((row) => row.slice(1).replace(/\s+/g, ' ').trim())).toEqual([
      '11 B +6 B ▾ etc/',
      '~ 11 B +6 B motd',
      '- 2 B -2 B gone',
      '+ 1 B +1 B new',
      '2 B ▾ app/',
      '± 2 B f2',
    ]);
  });

  it('says why it is empty', () => {
    const text = (state: State) => rows(state).join('');
    const withEnv = opened(SHOP, { history: ['ADD', '(ENV A=b)', 'RUN'] });
    expect(text(after(withEnv, 'down'))).toContain(
      'This instruction makes no layer: t shows everything up to here.',
    );
    expect(rows(after(withEnv, 'down', 'toggle-mode'))).toEqual(rows(after(withEnv, 'toggle-mode')));
    const fromEnv = opened(SHOP, { history: ['(ENV A=b)', 'ADD', 'RUN'] });
    expect(text(fromEnv)).toContain('No instruction up to here makes a layer.');
    expect(text(after(fromEnv, 'toggle-mode'))).toContain('No instruction up to here makes a layer.');
    expect(text(after(opened(SHOP, { read: 1 }), 'down'))).toContain('This layer has not been read yet.');
    expect(text(typed(after(atLayer(0), 'filter'), 'zzz'))).toContain(
      'No path matches zzz: Esc clears the filter.',
    );
    const typing = typed(after(atLayer(1), 'filter'), 'f10');
    const words = (state: State) => text(state).replaceAll(/[ │┃]+/g, ' ');
    expect(words(typing)).toContain(
      'No path that layer 1 changed matches f10: Enter, then t, searches everything up to here.',
    );
    expect(words(after(typing, 'enter'))).toContain(
      'No path that layer 1 changed matches f10: t searches everything up to here.',
    );
    expect(words(after(typing, 'enter', 'toggle-mode'))).toContain('f10');
    expect(text(after(atLayer(0), 'toggle-added'))).toContain('Nothing but what is left out');
    expect(text(opened([[]]))).toContain('This layer changes no file.');
    expect(text(after(opened([[]]), 'toggle-mode'))).toContain('There is no file up to this layer.');
  });

  it('is told without a character beyond ASCII, where the terminal knows no other', () => {
    expect(paneLines(atLayer(0), 'files', ASCII).join('')).toMatch(/^[ -~]*$/);
  });
});

const columnsFor = (width: number, wishes: Partial<FilesPreset & { isFlat: boolean }> = {}): Columns =>
  columnsOf(width, { ...FILES_PRESET, isFlat: false, ...wishes });

/** The columns that stand beside the path; `words`: those of the fate, and not its sign alone. */
function seenColumns(...wishes: Parameters<typeof columnsFor>): Set<string> {
  const { size, change, mode, owner, fate } = columnsFor(...wishes);
  const seen = { size, change, mode, owner, fate: fate > 0, words: fate > 2 };
  return new Set(Object.entries(seen).flatMap(([name, isSeen]) => (isSeen ? [name] : [])));
}

describe('the mark of a directory', () => {
  const DEEP = [[file('usr/lib/a/b/c', 'x'), file('usr/日本/f', 'xx'), file('top', 'x')]];

  it.each([
    [{ columns: 60, rows: 15 }],
    [{ columns: 80, rows: 24 }],
    [{ columns: 120, rows: 40 }],
    [{ columns: 250, rows: 60 }],
  ])('is where it is drawn, and nowhere else, on %j', (size) => {
    const tree = after(opened(DEEP, { size }), 'next-pane', 'unfold-all');
    for (const state of [tree, after(tree, 'left'), after(tree, 'zoom'), after(tree, 'toggle-flat')]) {
      const lines = paneLines(state, 'files');
      const rowsOfScreen = Array.from({ length: size.rows }, (_, row) => row);
      const top = rowsOfScreen.findIndex((row) => placeAt(state, size.columns - 2, row)?.pane === 'files');
      const drawn: string[] = [];
      const found: string[] = [];
      for (const row of rowsOfScreen) {
        for (let column = 0; column < size.columns; column++) {
          const place = placeAt(state, column, row);
          const char = lines[row - top]?.[place?.column ?? 0] ?? '';
          // The cursor's own sign stands in the first cell.
          if (place?.pane === 'files' && place.column > 1 && /[▾▸]/.test(char))
            drawn.push(`${row}:${column}`);
          if (place !== null && isOnFold(state, place, UNICODE.glyphs)) found.push(`${row}:${column}`);
        }
      }
      expect(found).toEqual(drawn);
      expect(found.length === 0).toBe(state.files.isFlat);
    }
  });
});

describe('columns give way as the pane narrows', () => {
  it('until only the sign of the fate stands beside the path', () => {
    expect(columnsFor(120)).toMatchObject({ change: true, mode: true, owner: true });
    expect(columnsFor(120).fate).toBeGreaterThan(2);
    expect(columnsFor(45)).toMatchObject({ mode: false, owner: false, fate: 2 });
  });

  it('and always leave the path 30 cells, beside the owner 24', () => {
    for (let width = 45; width <= 250; width++) {
      const { path, owner, change } = columnsFor(width);
      expect(path).toBeGreaterThanOrEqual(owner && !change ? 24 : 30);
    }
  });

  it('and never as it widens, whichever of them are wanted', () => {
    const wishes = Array.from({ length: 2 ** FILE_COLUMNS.length }, (_, bits) =>
      FILE_COLUMNS.filter((__, index) => (bits >> index) % 2 === 1),
    );
    for (const order of ['size', 'name', 'change'] as const) {
      for (const columns of wishes) {
        for (const isFlat of [false, true]) {
          let narrower = new Set<string>();
          for (let width = 40; width <= 250; width++) {
            const seen = seenColumns(width, { order, columns, isFlat });
            expect(narrower.isSubsetOf(seen), `${order}, ${columns.join()}, ${width} cells`).toBe(true);
            narrower = seen;
          }
        }
      }
    }
  });

  it('with the owner beside the fate in half of a screen of 120 columns, as on one of 80', () => {
    const layout = (columns: number) => layoutOf({ ...atLayer(0), size: { columns, rows: 40 } })?.panes.files;
    for (const columns of [80, 120]) {
      const width = (layout(columns)?.columns ?? 0) - 2;
      expect(seenColumns(width)).toEqual(new Set(['size', 'fate', 'words', 'owner']));
    }
  });

  it('with a whole path in the list before the owner', () => {
    expect(columnsFor(70, { isFlat: true })).toMatchObject({ owner: false, path: 37 });
    expect(columnsFor(78, { isFlat: true })).toMatchObject({ owner: true, path: 34 });
  });

  it('of which a path without a fate takes that column too', () => {
    const name = 'a-name-that-is-longer-than-its-own-column';
    const state = opened([[file(name, 'x'), file('gone', 'xx')], [whiteout('gone')]]);
    expect(rows(state)).toEqual([
      expect.stringMatching(/^▸\+ .* gone +✗ deleted in 1$/) as string,
      expect.stringMatching(/^ \+ .* a-name-that-is-longer-than-its-own-column$/) as string,
    ]);
  });

  it('in their order: the mode first, then the change in size, the owner, the words of the fate', () => {
    for (let width = 45; width <= 250; width++) {
      const { change, mode, owner, fate } = columnsFor(width);
      if (mode) expect(change).toBe(true);
      if (change) expect(owner).toBe(true);
      if (owner) expect(fate).toBeGreaterThan(2);
    }
  });

  it('are those that somebody wants, in the room that there is', () => {
    expect(columnsFor(120, { columns: [] })).toEqual({
      size: false,
      change: false,
      mode: false,
      owner: false,
      ownerCells: 11,
      fate: 0,
      path: 117,
    });
    expect(columnsFor(60, { columns: ['mode'] })).toMatchObject({
      size: false,
      mode: true,
      owner: false,
      fate: 0,
    });
    expect(columnsFor(40, { columns: ['mode'] })).toMatchObject({ mode: false });
    expect(columnsFor(45, { columns: ['size', 'fate'] })).toEqual(columnsFor(45));
  });

  it('give the owner as much as the longest one needs, of the path where it is a name, and nothing for it goes', () => {
    const wide = (width: number, isFlat = false) =>
      columnsOf(width, { ...FILES_PRESET, isFlat }, '4294967295:4294967295'.length);
    expect(wide(140)).toMatchObject({ owner: true, ownerCells: 22 });
    expect(wide(78)).toMatchObject({ owner: true, ownerCells: 21, path: 24 });
    for (let width = 45; width <= 250; width++) {
      for (const isFlat of [false, true]) {
        const { path, ownerCells, ...shown } = wide(width, isFlat);
        const { path: usualPath, ownerCells: usual, ...usually } = columnsFor(width, { isFlat });
        expect(path + (shown.owner ? ownerCells : usual) - usualPath - usual).toBe(
          (usually.change ? 11 : 0) -
            (shown.change ? 11 : 0) +
            (usually.mode ? 11 : 0) -
            (shown.mode ? 11 : 0),
        );
        expect(path).toBeGreaterThanOrEqual(!isFlat && shown.owner && !shown.mode ? 24 : 30);
        expect(shown.owner).toBe(usually.owner);
      }
    }
  });

  it('but for the change in size, where rows stand by it: that gives way last', () => {
    for (let width = 45; width <= 250; width++) {
      const { change, mode, owner, fate, path } = columnsFor(width, { order: 'change' });
      if (mode) expect(owner).toBe(true);
      if (owner) expect(fate).toBeGreaterThan(2);
      if (fate > 2) expect(change).toBe(true);
      expect(path).toBeGreaterThanOrEqual(owner && !mode ? 24 : 30);
    }
    expect(columnsFor(56, { order: 'change' })).toMatchObject({ change: true, fate: 2 });
  });
});
