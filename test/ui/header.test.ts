import { describe, expect, it } from 'vitest';
import type { Command } from '../../src/state/actions.ts';
import type { Progress } from '../../src/state/open-image.ts';
import { initialState, opening, type State } from '../../src/state/state.ts';
import { update } from '../../src/state/update.ts';
import { headerLine, progressText, tabAt } from '../../src/ui/header.ts';
import { DEFAULT_KEYMAP } from '../../src/ui/keymap.ts';
import type { LayerBlob } from '../../src/image/source.ts';
import { cells } from '../../src/ui/text/segments.ts';
import { file } from '../harness/archive.ts';
import { after, factsFor, opened, WIDE } from '../harness/explorer.ts';
import { ASCII, textOf, UNICODE } from '../harness/explorer-screen.ts';

const { glyphs } = UNICODE;
const header = (state: State): string => textOf(headerLine(state, glyphs, DEFAULT_KEYMAP));

const SHOP = [[file('a', 'x'.repeat(1000)), file('b', 'y'.repeat(500))], [file('a', 'z'.repeat(1000))]];
const at = (columns: number): State => opened(SHOP, { size: { columns, rows: 40 } });

describe('the header', () => {
  it('says what is open and what it wastes', () => {
    expect(header(at(140))).toContain(
      'peel › test/image:latest › layer 0  linux/amd64 · 2 layers · 2.5 kB · wasted 1.0 kB 40.0 %',
    );
  });

  it('names the screens, the current one in brackets', () => {
    expect(header(at(140))).toContain(' 1 Images [2 Explore] 3 Waste  4 Image  5 File ');
    expect(header(after(at(140), 'waste-screen'))).toContain(
      ' 1 Images  2 Explore [3 Waste] 4 Image  5 File ',
    );
    expect(header(initialState(WIDE, 'images'))).toContain('Images');
  });

  it('knows which screen is named at each of its cells', () => {
    for (const columns of [60, 80, 100, 120, 140, 200]) {
      const state = at(columns);
      const line = header(state);
      const commands = Array.from({ length: columns }, (_, column) =>
        tabAt(state, column, glyphs, DEFAULT_KEYMAP),
      );
      const first = commands.findIndex((command) => command !== null);
      expect(commands.slice(first)).not.toContain(null);
      expect(Array.from(new Set(commands.slice(first)))).toEqual(
        line.includes('[') ? ['images', 'explore', 'waste-screen', 'image', 'file'] : ['explore'],
      );
      // Each digit is in the cells of its own screen.
      const digits: readonly [string, Command][] = [
        ['1', 'images'],
        ['3', 'waste-screen'],
        ['5', 'file'],
      ];
      for (const [digit, command] of line.includes('[') ? digits : [])
        expect(commands[line.lastIndexOf(digit)]).toBe(command);
    }
  });

  it('has nothing to click beside the list of images', () => {
    const columns = Array.from({ length: WIDE.columns }, (_, column) => column);
    const list = initialState(WIDE, 'images');
    expect(columns.map((column) => tabAt(list, column, glyphs, DEFAULT_KEYMAP))).toEqual(
      columns.map(() => null),
    );
  });

  it('gives way as the screen narrows: platform, layers, the other screens, the size, where one is', () => {
    const names = /1 Images \[2 Explore\] 3 Waste {2}4 Image {2}5 File $/;
    const at140 = /layer 0 {2}linux\/amd64 · 2 layers · 2\.5 kB · wasted 1\.0 kB 40\.0 %/;
    expect(header(at(140))).toMatch(at140);
    expect(header(at(140))).toMatch(names);
    expect(header(at(127))).toMatch(/layer 0 {2}2 layers · 2\.5 kB · wasted 1\.0 kB 40\.0 %/);
    expect(header(at(127))).toMatch(names);
    expect(header(at(118))).toMatch(/layer 0 {2}2\.5 kB · wasted 1\.0 kB 40\.0 %/);
    expect(header(at(118))).toMatch(names);
    expect(header(at(102))).toMatch(/layer 0 {2}2 layers · 2\.5 kB · wasted.* 1 \[2 Explore\] 3 {2}4 {2}5 $/);
    expect(header(at(90))).toMatch(/layer 0 {2}2\.5 kB · wasted.* 1 \[2 Explore\] 3 {2}4 {2}5 $/);
    expect(header(at(80))).toMatch(/layer 0 {2}wasted 1\.0 kB 40\.0 % +1 \[2\] 3 {2}4 {2}5 $/);
    expect(header(at(68))).toMatch(/latest {2}wasted 1\.0 kB 40\.0 % +1 \[2\] 3 {2}4 {2}5 $/);
    expect(header(at(60))).toMatch(/test\/image:latest {2}wasted 1\.0 kB 40\.0 % +Explore $/);
  });

  it('keeps the number of layers while they are read: where one is gives way to it', () => {
    const reading = opened(SHOP, { read: 1 });
    const on = (columns: number) => header({ ...reading, size: { columns, rows: 40 } });
    expect(on(120)).toContain('layer 0  2 layers · waiting for the first bytes · 0 s');
    expect(on(80)).toContain('test/image:latest  2 layers · waiting for the first bytes · 0 s');
    expect(on(62)).toMatch(/latest {2}waiting for the first/);
  });

  it('keeps a gap before the screen’s name where nothing more can give way', () => {
    const reading = opened(SHOP, { read: 1 });
    const progress = { phase: 'reading', bytes: 4e8, total: 1.02e9, startedAt: 0, now: 2255 } as const;
    const read = update(reading, { ...progress, type: 'progress', now: 0 }).state;
    const later = update(read, { ...progress, type: 'progress' }).state;
    for (let columns = 60; columns <= 120; columns++) {
      const line = header({ ...later, size: { columns, rows: 24 } });
      expect(line).toMatch(/ (?:\[2 Explore\].*|\[2\] .*|Explore )$/);
      expect(cells(line)).toBe(columns);
    }
  });

  it('shortens an image’s long name before it loses the screen or the share that is wasted', () => {
    const state = at(80);
    const reference = `registry.example.com/${'team/'.repeat(8)}application:2026-11-21`;
    const facts = state.open?.facts ?? null;
    if (state.open === null || facts === null) throw new Error('nothing is open');
    const long = header({ ...state, open: { ...state.open, facts: { ...facts, reference } } });
    expect(long).toMatch(/^ peel › registry\.example.*….*:2026-11-21 {2}wasted 1\.0 kB 40\.0 % +Explore $/);
    expect(cells(long)).toBe(80);
  });

  it('fills its line exactly, at every width', () => {
    const reading = opened(SHOP, { read: 1 });
    const waste = after(at(120), 'waste-screen', 'group');
    const aFile = after(at(120), 'enter', 'down', 'file');
    for (let columns = 60; columns <= 250; columns++) {
      const states = [reading, waste, aFile].map((state) => ({ ...state, size: { columns, rows: 40 } }));
      for (const state of [at(columns), ...states]) {
        expect(cells(header(state))).toBe(columns);
      }
    }
  });

  it('counts one layer as one', () => {
    expect(header(opened([[file('a', 'x')]]))).toContain(' 1 layer ');
  });

  it('says when an image was read by halves', () => {
    const broken = update(opened(SHOP, { read: 1 }), { type: 'failed', message: 'x' }).state;
    expect(header(broken)).toContain('incomplete');
    expect(header(broken)).not.toContain('wasted');
  });

  it('says that digests differ, where those of any layer do', () => {
    const state = at(140);
    const { analysis } = state.open ?? {};
    if (analysis == null) throw new Error('nothing is open');
    const right = { digest: null, blobBytes: null, mismatches: [] };
    const wrong = { ...right, mismatches: [{ of: 'diffId', expected: 'a', actual: 'b' }] } as const;
    const read = (...blobs: readonly LayerBlob[]) =>
      header(update(state, { type: 'layer', analysis, blobs }).state);
    expect(read(right, wrong)).toContain('digests differ');
    expect(read(right, right)).not.toContain('digests');
  });

  it('calls an image of a daemon that has no tag by its ID, an archive by its file', () => {
    const image = { ...factsFor(2), reference: null, id: `sha256:${'0123456789abcdef'.repeat(4)}` };
    const called = (source: 'docker' | 'archive') =>
      header(update(at(140), { type: 'image', image: { ...image, source } }).state);
    expect(called('docker')).toContain(' peel › 0123456789ab ');
    expect(called('archive')).toContain(' peel › test/image ');
  });

  it('shows hostile names, and never sends them', () => {
    const facts = { ...factsFor(1), reference: 'a\u001b[31mb', platform: 'linux/\u0007' };
    const state = update(opening(initialState({ columns: 160, rows: 40 }, 'images'), 'x', 0), {
      type: 'image',
      image: facts,
    }).state;
    expect(header(state)).toContain('a\\e[31mb');
    expect(header(state)).toContain('linux/\\x07');
  });
});

describe('the breadcrumbs', () => {
  const crumbs = (...commands: readonly Command[]): string =>
    /^ peel › test\/image:latest(.*?) {2}/.exec(header(after(at(180), ...commands)))?.[1] ?? 'none';

  it('say which layer is looked at, or that there is none', () => {
    expect(crumbs()).toBe(' › layer 0');
    expect(crumbs('down')).toBe(' › layer 1');
    const history = ['ADD', '(ENV)', 'RUN'];
    const state = opened(SHOP, { history, size: { columns: 180, rows: 40 } });
    expect(header(after(state, 'down'))).toContain(' › no layer  ');
  });

  it('say on the screen of the waste what is under its cursor', () => {
    expect(crumbs('waste-screen')).toBe(' › layer 1');
    expect(crumbs('waste-screen', 'group')).toBe(' › /a');
    expect(crumbs('waste-screen', 'group', 'group')).toBe(' › /');
    expect(crumbs('waste-screen', 'group', 'group', 'group')).toBe(' › overwritten');
  });

  it('say of a file its layer and its path', () => {
    expect(crumbs('enter', 'down', 'file')).toBe(' › layer 0 › /b');
  });

  it('are none where the screen says it all', () => {
    expect(crumbs('image')).toBe('');
    expect(header(initialState(WIDE, 'images'))).toMatch(/^ peel +Images $/);
    expect(header(after(at(180), 'images'))).toMatch(/^ peel +\[1 Images\] 2 Explore {2}3 Waste /);
  });

  it('of a file are worth more than figures, and than the other screens', () => {
    const aFile = after(at(120), 'enter', 'down', 'file');
    const lines = [180, 120, 97, 70, 60].map((columns) => header({ ...aFile, size: { columns, rows: 40 } }));
    for (const line of lines) expect(line).toContain('peel › test/image:latest › layer 0 › /b');
    expect(lines.map((line) => line.includes('wasted'))).toEqual([true, true, false, false, false]);
    expect(lines[2]).toMatch(/5 File\]$/);
    expect(lines[3]).toMatch(/ 1 {2}2 {2}3 {2}4 \[5 File\]$/);
    expect(lines[4]).toMatch(/ 1 {2}2 {2}3 {2}4 \[5\]$/);
  });

  it('need no character beyond ASCII', () => {
    expect(textOf(headerLine(at(140), ASCII.glyphs, DEFAULT_KEYMAP))).toMatch(
      /^ peel > test\/image:latest > layer 0 {2}/,
    );
  });
});

const progress = (given: Partial<Progress>): string =>
  progressText(
    { phase: 'reading', bytes: 0, total: null, startedAt: 0, firstByteAt: null, now: 0, ...given },
    glyphs,
  );

describe('the progress', () => {
  it('says what is waited for, and for how long, before the first byte', () => {
    expect(progress({ phase: 'opening', now: 3400 })).toBe('waiting for the first bytes · 3 s');
    expect(progress({ phase: 'preparing', now: 3400 })).toBe('the daemon prepares the export · 3 s');
  });

  it('says of an image that was kept where it comes from, and estimates nothing', () => {
    const reading = update(opening(initialState(WIDE, 'explore'), 'a', 0), {
      type: 'progress',
      phase: 'reading',
      bytes: 5,
      total: 1000,
      now: 1,
    });
    const found = update(reading.state, { type: 'kept', now: 2 }).state.open?.progress;
    expect(progress({ ...found, now: 9000 })).toBe('read before: from what was kept');
  });

  it('says how much has come of how much, how fast, and how long it will take', () => {
    const given = { bytes: 400_000_000, total: 1_000_000_000, firstByteAt: 1000, now: 5000 };
    expect(progress(given)).toBe('reading 400.0 MB of ~1.00 GB · 100.0 MB/s · 6 s left');
  });

  it('says how much of what must be compared has been', () => {
    const given = {
      phase: 'comparing',
      bytes: 600_000_000,
      total: 900_000_000,
      firstByteAt: 0,
      now: 200,
    } as const;
    expect(progress(given)).toBe('comparing 600.0 MB of 900.0 MB · 3.00 GB/s · 0 s left');
  });

  it('promises nothing where the whole is not known, or has been passed', () => {
    const given = { bytes: 2000, firstByteAt: 0, now: 1000 };
    expect(progress(given)).toBe('reading 2.0 kB · 2.0 kB/s');
    expect(progress({ ...given, total: 1000 })).toBe('reading 2.0 kB · 2.0 kB/s');
  });

  it('knows no rate at the very first byte', () => {
    expect(progress({ bytes: 2000, total: 4000, firstByteAt: 1000, now: 1000 })).toBe(
      'reading 2.0 kB of ~4.0 kB',
    );
  });
});
