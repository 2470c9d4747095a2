import { describe, expect, it } from 'vitest';
import { ContentHolder } from '../../src/content/file-content.ts';
import { update } from '../../src/state/update.ts';
import { DEFAULT_KEYMAP } from '../../src/ui/keymap.ts';
import { spokenLines } from '../../src/ui/spoken.ts';
import { cells } from '../../src/ui/text/segments.ts';
import { file, whiteout } from '../harness/archive.ts';
import { after, opened, SMALL, typed, WIDE } from '../harness/explorer.ts';
import { UNICODE } from '../harness/explorer-screen.ts';
import type { State } from '../../src/state/state.ts';

const said = (state: State): string[] => spokenLines(state, UNICODE.glyphs, DEFAULT_KEYMAP);

const SHOP = [
  [file('app/f2', 'xx'), file('a', 'y')],
  [file('app/f2', 'xx', { uid: 1000 }), whiteout('a')],
];

describe('a screen reader', () => {
  it('is told the row under the cursor in words', () => {
    const files = after(opened(SHOP), 'down', 'enter', 'unfold-all');
    expect(said(files)).toContain('Files, 1 of 3: /app, unchanged, 2 B, drwxr-xr-x, 0:0');
    expect(said(after(files, 'down'))).toContain(
      'Files, 2 of 3: /app/f2, only attributes modified, 2 B, -rw-r--r--, 1000:0',
    );
    expect(said(after(files, 'last'))).toContain('Files, 3 of 3: /a, removed, 1 B, -rw-r--r--, 0:0');
  });

  it('is told what the last key did, and what is typed', () => {
    expect(said(after(opened(SHOP), 'toggle-order')).at(-1)).toBe('Sorted by name.');
    expect(said(after(opened(SHOP), 'up')).at(-1)).toBe('This is the first row.');
    expect(said(typed(after(opened(SHOP), 'filter'), 'f2')).at(-1)).toBe('filter: f2');
    const file = after(opened(SHOP), 'enter', 'unfold-all', 'down', 'file');
    const searching = (offset: number | null): State => ({
      ...file,
      typing: 'file-search',
      file: file.file === null ? null : { ...file.file, search: { text: 'hel', offset, begunAt: 0 } },
    });
    expect(said(searching(0)).at(-1)).toBe('search: hel');
    expect(said(searching(null)).at(-1)).toBe('search: hel, not found');
  });

  it('is told what is wasted, why, what would help, and the sums', () => {
    const kept = 'x'.repeat(200_000);
    const layers = [[file('big', kept), file('live', 'y')], [whiteout('big')]];
    const groups = said(after(opened(layers), 'waste-screen'));
    expect(groups.slice(1, 3)).toEqual([
      'Waste by cause, 1 of 1: 1 RUN step 1, 200.0 kB, 100.0 %, 1 copy',
      expect.stringMatching(/^Why: Layer 1 deletes 1 file of 0/),
    ]);
    expect(groups.join(' ')).toMatch(/What would help, 200\.0 kB: Layer 1 deletes/);
    expect(groups).toContain(
      'Total 200.0 kB: live 1 B 0.0 %, overwritten 0 B 0.0 %, repeated 0 B 0.0 %, deleted 200.0 kB 100.0 %',
    );
    expect(said(after(opened(layers), 'waste-screen', 'enter'))[1]).toBe(
      'Copies of 1 RUN step 1, 1 of 1: /big, 200.0 kB, stored in 0, deleted in 1',
    );
    expect(said(after(opened([[file('a', 'x')]]), 'waste-screen'))[1]).toBe('Waste: nothing');
  });

  it('is told a file, the rows of its content, and its life, without a bar or a frame', () => {
    const screen = after(opened(SHOP), 'down', 'enter', 'unfold-all', 'down', 'file');
    const inode = screen.contents.keys().next().value ?? -1;
    expect(said(screen)).toContain('Asking for its content.');
    const holder = new ContentHolder(8);
    holder.take(Buffer.from('one\ntwo\n'));
    const content = holder.content();
    const read = update(screen, { type: 'content', inode, load: { kind: 'read', content } }).state;
    expect(said(read).slice(1, -1)).toEqual([
      'File /app/f2, as layer 1 has it, 2 B, -rw-r--r--, 1000:0',
      'Text, row 1 of 2',
      '1: one',
      '2: two',
      'Life: 0 added then 1 owner 0:0 to 1000:0',
    ]);
    const searched = after(typed(after(read, 'filter'), 'tw'), 'enter');
    expect(said(searched)).toContain('Found: two');
  });

  it('is told nothing new while an image is read', () => {
    const reading = opened(SHOP, { read: 1 });
    const progress = (bytes: number, now: number): State =>
      update(reading, { type: 'progress', phase: 'reading', bytes, total: 100, now }).state;
    expect(said(progress(20, 3000))).toEqual(said(progress(10, 1000)));
  });

  it.each([SMALL, WIDE, { columns: 60, rows: 15 }])(
    'is given no more than the screen has room for: %j',
    (size) => {
      for (const state of [
        opened(SHOP, { size }),
        after(opened(SHOP, { size }), 'help'),
        after(opened(SHOP, { size }), 'image'),
        after(opened(SHOP, { size }), 'waste-screen'),
        after(opened(SHOP, { size }), 'enter', 'file'),
      ]) {
        expect(said(state).length).toBeLessThan(size.rows);
        for (const line of said(state)) expect(cells(line)).toBeLessThan(size.columns);
      }
    },
  );

  it('is sent nothing that an image would have its terminal do', () => {
    const evil = opened([[file('\u001b]0;pwned\u0007', 'x')]], { history: ['RUN \u001b[2J\u009b1m'] });
    for (const state of [
      evil,
      after(evil, 'enter'),
      after(evil, 'waste'),
      after(evil, 'waste-screen'),
      after(evil, 'image'),
      after(evil, 'enter', 'file'),
    ]) {
      expect(said(state).join('\n')).toMatch(/^[^\u0000-\u0009\u000b-\u001f\u007f-\u009f]*$/);
    }
  });
});
