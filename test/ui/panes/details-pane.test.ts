import { describe, expect, it } from 'vitest';
import type { State } from '../../../src/state/state.ts';
import { file, hardlink, special, symlink, whiteout } from '../../harness/archive.ts';
import { update } from '../../../src/state/update.ts';
import { after, factsFor, opened } from '../../harness/explorer.ts';
import { paneLines } from '../../harness/explorer-screen.ts';

const MTIME = 1_767_225_600;
const SHOP = [
  [file('app/f1', 'x'.repeat(3000), { mtime: MTIME }), file('app/f2', 'y'.repeat(1000), { mtime: MTIME })],
  [file('app/f1', 'x'.repeat(3000), { uid: 1000, gid: 1000, mtime: MTIME })],
  [whiteout('app/f1')],
];
const HISTORY = [
  '/bin/sh -c #(nop) ADD base',
  '(ENV LANG=C)',
  'RUN chown -R 1000:1000 /app',
  'RUN rm /app/f1',
];
const NO_COMMAND = { createdBy: null, created: null, layer: 0 };
const shop = opened(SHOP, { history: HISTORY, size: { columns: 160, rows: 60 } });

/** What the pane says, each line without borders and with single spaces. */
const details = (state: State): string[] =>
  paneLines(state, 'details')
    .slice(1, -1)
    .map((line) => line.slice(1, -1).replace(/\s+/g, ' ').trim())
    .filter((line) => line !== '');
const title = (state: State): string => paneLines(state, 'details')[0] ?? '';

describe('the details of a layer', () => {
  it('are its command, what would help, its counts, and of its part of the ledger what there is', () => {
    expect(title(shop)).toContain('Layer 0');
    const lines = details(shop);
    expect(lines[0]).toBe('ADD base');
    expect(lines[1]).toContain('Layer 1 repeats 1 file of layer 0');
    const counts = lines.indexOf('3 added 0 modified 0 removed');
    expect(counts).toBeGreaterThan(1);
    expect(lines.slice(counts + 1, counts + 3)).toEqual(['live 1.0 kB', 'repeated 3.0 kB']);
    expect(lines.join('\n')).not.toContain(' 0 B');
  });

  it('say what the layer hides', () => {
    const third = after(shop, 'last');
    expect(details(third)).toContain('0 added 0 modified 1 removed');
    expect(details(third)).toContain('it hides 3.0 kB');
  });

  it('say what would help', () => {
    const text = details(after(shop, 'down', 'down')).join(' ');
    expect(text).toContain('Layer 1 repeats 1 file of layer 0: only owner changed.');
    expect(text).toContain('Layer 0 comes with the base image: its file is stored whole again');
  });

  it('end in its digest and its moment', () => {
    expect(details(shop).slice(-2)).toEqual([
      expect.stringMatching(/^diff ID sha256:0000/) as string,
      'created 2026-01-01 00:00',
    ]);
  });

  it('are what its builder said where it has no command', () => {
    const facts = { ...factsFor(1), instructions: [{ ...NO_COMMAND, comment: 'Imported from -' }] };
    const imported = update(opened([[file('a', 'x')]]), { type: 'image', image: facts }).state;
    expect(details(imported)[0]).toBe('Imported from -');
    expect(paneLines(imported, 'layers').join('\n')).toContain('Imported from -');
    expect(
      details(update(imported, { type: 'image', image: { ...facts, instructions: [NO_COMMAND] } }).state)[0],
    ).toBe('unknown command');
  });

  it('of an instruction without a layer say so', () => {
    const env = after(shop, 'down');
    expect(title(env)).toContain('Instruction without a layer');
    expect(details(env)).toContain('It changes the configuration, not the files.');
  });
});

describe('the details of a file', () => {
  const onF1 = after(shop, 'enter', 'down');

  it('are its path, mode, owner, size and time', () => {
    expect(title(onF1)).toMatch(/^┌─ File ─/);
    expect(details(onF1).slice(0, 3)).toEqual([
      '/app/f1',
      '-rw-r--r-- 0:0 3 000 B',
      'modified 2026-01-01 00:00',
    ]);
  });

  it('are its life, layer by layer, with the commands', () => {
    const life = details(onF1).slice(3).join('\n');
    // The layer that is looked at is marked.
    expect(life).toMatch(/^▸ 0 \+ added/m);
    expect(life).not.toMatch(/^▸ 1/m);
    expect(life).toMatch(/0 \+ added 3\.0 kB -rw-r--r-- 0:0/);
    expect(life).toMatch(/1 ↻ repeated 3\.0 kB owner 0:0 ▸ 1000:1000/);
    expect(life).toMatch(/2 ✗ deleted/);
    expect(life).toContain('RUN chown -R 1000:1000 /app');
  });

  it('name the content before the time where both differ, with its sizes', () => {
    const changed = [
      [file('etc/passwd', 'x'.repeat(839)), file('etc/group', 'x')],
      [file('etc/passwd', 'y'.repeat(880), { mtime: MTIME }), file('etc/group', 'y')],
    ];
    const state = after(opened(changed, { size: { columns: 160, rows: 60 } }), 'toggle-order', 'enter');
    expect(details(after(state, 'down', 'down')).join(' ')).toContain('880 B content 839 B ▸ 880 B, time');
    expect(details(after(state, 'down')).join(' ')).toMatch(/1 ~ overwritten 1 B content RUN/);
  });

  it('stay where the file is gone, and say that it is not there', () => {
    expect(details(after(onF1, 'next-layer', 'next-layer', 'next-layer')).join(' ')).toContain(
      'not there in layer 2',
    );
  });

  it('say where it leads, if it is a link, and what it is another name of', () => {
    const layer = [
      file('a', 'x'.repeat(9)),
      hardlink('b', 'a'),
      symlink('c', '../there'),
      special('char', 'd'),
    ];
    const links = after(opened([layer], { size: { columns: 160, rows: 60 } }), 'toggle-order', 'enter');
    expect(details(after(links, 'down')).join(' ')).toContain('same file as /a');
    expect(details(after(links, 'down', 'down')).join(' ')).toContain('link to ../there');
    expect(details(after(links, 'last')).join(' ')).toContain('device 1:3');
  });
});

describe('details that are longer than their pane', () => {
  const long = opened(SHOP, {
    history: [`RUN ${'a very long command && '.repeat(40)}true`, ...HISTORY.slice(2)],
  });
  const focused = after(long, 'next-pane', 'next-pane');

  it('say which of their lines these are', () => {
    const layer = { ...focused, lastFocus: { ...focused.lastFocus, subject: 'layers' as const } };
    expect(title(layer)).toMatch(/ 1-\d+ of \d+ /);
    expect(title(after(layer, 'down'))).toMatch(/ 2-\d+ of \d+ /);
  });

  it('stop at their last line, from where one key leads back', () => {
    const layer = { ...focused, lastFocus: { ...focused.lastFocus, subject: 'layers' as const } };
    const end = after(layer, 'last');
    const [, last, all] = /-(\d+) of (\d+)/.exec(title(end)) ?? [];
    expect(last).toBe(all);
    expect(after(end, 'down').message).toBe('This is the last row.');
    expect(details(after(end, 'up'))).not.toEqual(details(end));
  });
});
