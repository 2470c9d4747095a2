import { describe, expect, it } from 'vitest';
import { expectGolden } from '../harness/golden.ts';
import type { Terminal } from '../harness/terminal.ts';
import { openSample, rowsOf, type Size, sizes } from './sample.ts';

/** Opens the sample on the files of one of its layers, with the focus on them. */
async function openFiles(size: Size, layer: number): Promise<Terminal> {
  const peel = await openSample(size);
  // Layer 0 is followed by an instruction without a layer.
  peel.press(...Array<string>(layer).fill(']'), 'tab');
  await peel.screen.until('the files have the focus', () => peel.screen.text().includes('┏━ Files'));
  await peel.screen.shows(`changes of layer ${layer}`);
  return peel;
}

/** Names in the files pane, in the order of the rows that are on the screen. */
function names(peel: Terminal): string[] {
  return rowsOf(peel.screen, 'Files')
    .slice(1)
    .map((row) => / ([▾▸] )?(\S+\/|\S+)( [→=] \S+)?(?: +[~↻✗].*)?$/u.exec(row)?.[2] ?? '')
    .filter((name) => name !== '');
}

describe.each(sizes)('the files pane at $columns x $rows', (size) => {
  it.each([
    ['left', 'right'],
    ['h', 'l'],
    ['space', 'space'],
    ['enter', 'enter'],
  ])('folds a directory with %s and unfolds it with %s', async (fold, unfold) => {
    await using peel = await openFiles(size, 0);
    await peel.screen.selects('▾ usr/');
    expect(names(peel)).toContain('libz.so.5');
    await peel.step(fold);
    await peel.screen.selects('▸ usr/');
    expect(names(peel)).not.toContain('libz.so.5');
    expect(names(peel).slice(0, 2)).toEqual(['usr/', 'bin/']);
    await peel.step(unfold);
    await peel.screen.selects('▾ usr/');
    expect(names(peel)).toContain('libz.so.5');
  });

  it('goes into an open directory with the right arrow and to the one above with the left', async () => {
    await using peel = await openFiles(size, 0);
    await peel.step('right');
    await peel.screen.selects('lib/');
    await peel.step('right');
    await peel.screen.selects('libstdc++.so.6');
    await peel.step('left');
    await peel.screen.selects('lib/');
  });

  it('folds and unfolds everything', async () => {
    await using peel = await openFiles(size, 0);
    await peel.step('-');
    expect(names(peel)).toEqual(['usr/', 'bin/', 'var/', 'etc/', 'dev/', 'tmp/']);
    await peel.step('+');
    await peel.screen.shows('31 rows');
  });

  it('filters paths as they are typed; Enter keeps the filter, Esc clears it', async () => {
    await using peel = await openFiles(size, 0);
    await peel.step('/', 's', 's', 'l');
    await peel.screen.shows('2 match /ssl');
    expect(names(peel)).toEqual(['usr/', 'lib/', 'libssl.so.3', 'libssl.so']);
    await expectGolden(peel.screen, 'filter-typed');

    await peel.step('backspace');
    await peel.screen.shows('match /ss ');
    await peel.step('l', 'enter');
    await peel.screen.hides('▏');
    await peel.screen.shows('2 match /ssl');
    await peel.step('j');
    await peel.screen.selects('lib/');
    await peel.step('escape');
    await peel.screen.shows('31 rows');
    await peel.screen.selects('lib/');
  });

  it('lets letters that are keys be typed into the filter', async () => {
    await using peel = await openFiles(size, 0);
    await peel.step('/');
    peel.type('qt?');
    await peel.screen.shows('No path matches qt?');
    await peel.step('escape');
    await peel.screen.shows('31 rows');
  });

  it('sorts by size or by name, names as people count, the cursor on the same path', async () => {
    await using peel = await openFiles(size, 4);
    await peel.screen.shows('by size');
    await peel.step('j', 'j', 'j');
    await peel.screen.selects(/ f2 /);
    expect(names(peel).slice(2, 12)).toEqual(
      ['f1', 'f2', 'f3', 'f4', 'f5', 'f6', 'f7', 'f8', 'f9', 'f10'].slice(0, names(peel).length - 2),
    );
    await peel.step('s');
    await peel.screen.shows('by name');
    await peel.screen.selects(/ f2 /);
    await peel.step('s');
    await peel.screen.shows('by change');
    await peel.screen.selects(/ f2 /);
    await peel.step('s');
    await peel.screen.shows('by size');
    await peel.screen.selects(/ f2 /);
  });

  it('shows by how much each size changed, where rows stand by that', async () => {
    await using peel = await openFiles(size, 1);
    await peel.step('s', 's');
    await peel.screen.shows('Sorted by change in size');
    await peel.screen.shows('+2.0 kB');
    await expectGolden(peel.screen, 'by-change');
  });

  it('finds by glob, expression, size and change, and says what is wrong with a filter', async () => {
    await using peel = await openFiles(size, 0);
    await peel.step('/');
    await peel.screen.shows('-not  "a b"');
    peel.type('*.so.? >100k');
    await peel.screen.shows('4 match /*.so.? >100k');
    expect(names(peel)).toEqual([
      'usr/',
      'lib/',
      'libstdc++.so.6',
      'libz.so.5',
      'libcrypto.so.4',
      'libssl.so.3',
    ]);
    await peel.step('escape', '/');
    peel.type('is:link -re:(');
    await peel.screen.shows('A ( is not closed.');
    peel.type('^/bin/)');
    await peel.screen.shows('1 match /is:link -re:(^/bin/)');
    await expectGolden(peel.screen, 'filter-of-terms');
  });

  it('goes through what a filter finds with n and N', async () => {
    await using peel = await openFiles(size, 0);
    await peel.step('/');
    peel.type('ssl');
    await peel.screen.shows('2 match /ssl');
    await peel.step('enter', 'n');
    await peel.screen.shows('1 of 2.');
    await peel.screen.selects('libssl.so.3');
    await peel.step('n');
    await peel.screen.shows('2 of 2.');
    await peel.step('n');
    await peel.screen.shows('1 of 2, again from the first.');
    await peel.step('N');
    await peel.screen.shows('2 of 2, again from the last.');
    await peel.screen.selects('libssl.so');
  });

  it('opens one level more or less', async () => {
    await using peel = await openFiles(size, 0);
    await peel.step('-', ')');
    await peel.screen.shows('Directories are open down to level 2');
    expect(names(peel)).toContain('lib/');
    expect(names(peel)).not.toContain('libz.so.5');
    await peel.step('(');
    expect(names(peel)).toEqual(['usr/', 'bin/', 'var/', 'etc/', 'dev/', 'tmp/']);
  });

  it('shows what several layers change together, until Esc ends it', async () => {
    await using peel = await openFiles(size, 4);
    await peel.step('v', ']', ']', ']');
    await peel.screen.shows('changes of layers 4 to 7');
    await expectGolden(peel.screen, 'range-of-layers');
    await peel.step('escape');
    await peel.screen.shows('changes of layer 7');
  });

  it('puts directories with most bytes first, and the alphabet first when asked', async () => {
    await using peel = await openFiles(size, 0);
    await peel.step('-');
    expect(names(peel)).toEqual(['usr/', 'bin/', 'var/', 'etc/', 'dev/', 'tmp/']);
    await peel.step('s');
    expect(names(peel)).toEqual(['bin/', 'dev/', 'etc/', 'tmp/', 'usr/', 'var/']);
  });

  it('leaves out each kind of change and shows it again', async () => {
    await using peel = await openFiles(size, 7);
    await peel.step('t', '-', '+');
    await peel.screen.shows('everything up to layer 7');
    const all = /(\d+) rows/.exec(peel.screen.text())?.[1] ?? '';
    for (const [key, name, sign] of [
      ['m', 'modified', '±'],
      ['r', 'removed', '-'],
    ] as const) {
      await peel.step(key);
      await peel.screen.shows(`Paths ${name}: left out.`);
      expect(rowsOf(peel.screen, 'Files').filter((row) => row[1] === sign)).toEqual([]);
      expect(peel.screen.text()).toMatch(/without/);
      await peel.step(key);
      await peel.screen.shows(`Paths ${name}: shown.`);
      await peel.screen.shows(`${all} rows`);
    }
    await peel.step('u');
    await peel.screen.shows('Paths unchanged: left out.');
    await peel.screen.hides(`${all} rows`);
    await expectGolden(peel.screen, 'without-unchanged');
    await peel.step('u');
    await peel.screen.shows(`${all} rows`);
  });

  it('leaves out what was added, and says so when nothing is left', async () => {
    await using peel = await openFiles(size, 0);
    await peel.step('a');
    await peel.screen.shows('Nothing but what is left out');
    await peel.step('a');
    await peel.screen.shows('31 rows');
  });

  it('shows hostile and foreign names as text, in their columns', async () => {
    await using peel = await openFiles(size, 3);
    await peel.step('G');
    await peel.screen.shows(String.raw`tab\tand\e[31mred`);
    await peel.screen.shows('größe – 日本語.txt');
    const { x, y } = peel.screen.find('red');
    expect(peel.screen.styleAt(x, y).fg).not.toBe('red');
    // Wide characters take two cells: the border of their row stands where all others stand.
    const border = peel.screen.lines().map((_, row) => peel.screen.charAt(size.columns - 1, row));
    expect(new Set(border.slice(peel.screen.find('Files').y + 1, -2))).toEqual(new Set(['┃']));
    await expectGolden(peel.screen, 'names');
  });
});
