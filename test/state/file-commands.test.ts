/** The screen of a file, without a terminal: what is asked for, what is shown of it, how it is gone through. */
import { describe, expect, it } from 'vitest';
import { MAX_COMPARED_BYTES } from '../../src/content/difference.ts';
import { ContentHolder } from '../../src/content/file-content.ts';
import type { Effect } from '../../src/state/actions.ts';
import { contentRowCount, fileChanges, fileContent, fileView } from '../../src/state/contents.ts';
import type { State } from '../../src/state/state.ts';
import { foundCount } from '../../src/state/file-search.ts';
import { update } from '../../src/state/update.ts';
import { DEFAULT_KEYMAP, withLabels } from '../../src/ui/keymap.ts';
import { directory, file, symlink, whiteout } from '../harness/archive.ts';
import { after, effectOf, opened, SMALL, typed } from '../harness/explorer.ts';
import { screenText } from '../harness/explorer-screen.ts';
import type { Layers } from '../harness/tree.ts';

const LINES = Array.from({ length: 100 }, (_, line) => `line ${line + 1}\n`).join('');
const LAYERS: Layers = [
  [file('log', LINES), file('tool', 'ELF\0\u0001'), symlink('link', 'log'), directory('dir')],
  [file('log', `${LINES}the end\n`)],
  [file('log', `${LINES}the end\n`, { mode: 0o600 })],
  [whiteout('log')],
];

/** Contents of the files above, by how large they are; of any other, so many letters. */
const TEXTS: string[] = [LINES, `${LINES}the end\n`, 'ELF\0\u0001'];

/** What the world outside answers: the content of each file that is asked for. */
function answered(state: State, effect: Effect | undefined): State {
  if (effect?.type !== 'read-contents') return state;
  return effect.wanted.reduce((before, { inode, request }) => {
    const holder = new ContentHolder(request.size);
    holder.take(Buffer.from(TEXTS.find((text) => text.length === request.size) ?? 'x'.repeat(request.size)));
    return update(before, { type: 'content', inode, load: { kind: 'read', content: holder.content() } })
      .state;
  }, state);
}

/** A command, and the answer to what it asks for. */
function pressed(state: State, ...commands: Parameters<typeof effectOf>[1][]): State {
  return commands.reduce(
    (before, command) => answered(after(before, command), effectOf(before, command)),
    state,
  );
}

/** The explorer with the cursor on a file of a layer, in all that there is up to it. */
function on(name: string, layer: number): State {
  const walked = Array.from({ length: layer }, () => 'next-layer' as const);
  const files = after(opened(LAYERS), ...walked, 'enter', 'toggle-mode', 'toggle-order', 'first');
  const names = ['dir', 'link', 'log', 'tool'];
  return after(files, ...names.slice(0, names.indexOf(name)).map(() => 'down' as const));
}

const log = pressed(on('log', 1), 'enter');

describe('the screen of a file', () => {
  it('asks for what is in the file as the layer has it, and had it before, once and in one pass', () => {
    const effect = effectOf(on('log', 1), 'enter');
    expect(effect).toMatchObject({
      type: 'read-contents',
      wanted: [{ request: { layer: 1, entry: 0, path: 'log' } }, { request: { layer: 0, path: 'log' } }],
    });
    expect(effectOf(log, 'toggle-mode')).toBeUndefined();
    expect(effectOf(log, 'down')).toBeUndefined();
    expect(effectOf(pressed(log, 'back'), 'file')).toBeUndefined();
  });

  it('asks for a file whose owner alone changed where it is stored again', () => {
    expect(effectOf(on('log', 2), 'enter')).toMatchObject({ wanted: [{ request: { layer: 2 } }] });
  });

  it('asks for nothing where there is nothing to read', () => {
    for (const name of ['dir', 'link']) expect(effectOf(on(name, 1), 'file')).toBeUndefined();
  });

  it('asks for nothing before the whole image has been read, and then by itself', () => {
    const early = after(opened(LAYERS, { read: 2 }), 'enter', 'toggle-order', 'last', 'file');
    expect(early.screen).toBe('file');
    expect(update(early, { type: 'tick', now: 1 }).effect).toBeUndefined();
    expect(update(early, { type: 'complete' }).effect).toMatchObject({ type: 'read-contents' });
  });

  it('gives up what is on its way when it is left', () => {
    const reading = after(on('log', 1), 'enter');
    expect(effectOf(reading, 'back')).toEqual({ type: 'read-contents', wanted: [] });
    expect(after(reading, 'back').contents.size).toBe(0);
  });

  it('shows a text as one and all else as bytes, and the other way when asked', () => {
    expect(fileView(log)).toBe('text');
    expect(contentRowCount(log)).toBe(101);
    expect(fileView(pressed(on('tool', 0), 'file'))).toBe('hex');
    expect(fileView(pressed(log, 'toggle-mode', 'toggle-mode'))).toBe('hex');
    expect(fileView(pressed(log, 'toggle-mode', 'toggle-mode', 'toggle-mode'))).toBe('text');
  });

  it('is gone through to its end, and says so', () => {
    const end = pressed(log, 'last');
    expect(end.file?.top).toBeGreaterThan(60);
    expect(pressed(end, 'down')).toMatchObject({ file: end.file, message: 'This is the last row.' });
    expect(pressed(end, 'first', 'page-down').file?.top).toBeGreaterThan(20);
    expect(pressed(log, 'left').message).toMatch(/from their beginning/);
  });

  it('goes sideways as far as there is anything to see, and back to the beginning', () => {
    const ends = pressed(log, 'last', 'right');
    // The longest line that is seen, `line 100`, has eight cells.
    expect(ends.file?.left).toBe(7);
    expect(pressed(ends, 'right')).toMatchObject({
      file: ends.file,
      message: 'Lines are seen to their end.',
    });
    expect(pressed(ends, 'left').file?.left).toBe(0);
    expect(pressed(ends, 'first').file).toMatchObject({ top: 0, left: 0 });
    const hex = pressed(
      log,
      'toggle-mode',
      'toggle-mode',
      ...Array.from({ length: 30 }, () => 'right' as const),
    );
    expect(hex.file?.left).toBe(77);
  });

  it('leaves no row empty when the terminal grows', () => {
    const end = pressed(log, 'last');
    const grown = update(end, { type: 'resized', size: { columns: 120, rows: 60 } }).state;
    expect(grown.file?.top).toBe((end.file?.top ?? 0) - 20);
    expect(pressed(grown, 'down').message).toBe('This is the last row.');
  });

  it('leads back to where it was opened', () => {
    expect(pressed(log, 'back')).toMatchObject({ screen: 'explore', focus: 'files' });
  });
});

describe('what changed in a file', () => {
  const changed = pressed(log, 'toggle-mode');

  it('is found against the content before, and second to the text', () => {
    expect(fileView(changed)).toBe('changes');
    expect(fileChanges(changed)).toMatchObject({ kind: 'difference', difference: { added: 1, removed: 0 } });
  });

  it('is gone through from change to change, and says where they end', () => {
    const lines = Array.from({ length: 9 }, (_, at) => String(at).repeat(40));
    const text = (mark: string) => lines.map((line) => `${mark}${line}\n${'same\n'.repeat(20)}`).join('');
    TEXTS.push(text('a'), text('bcd'));
    const layers: Layers = [[file('log', text('a'))], [file('log', text('bcd'))]];
    const on1 = after(opened(layers, { size: SMALL }), 'next-layer', 'enter');
    const first = pressed(on1, 'file', 'toggle-mode', 'first');
    const tops = [first, pressed(first, 'next-match'), pressed(first, 'next-match', 'next-match')].map(
      (state) => state.file?.top,
    );
    expect(tops).toEqual([0, 9, 18]);
    expect(pressed(first, 'next-match', 'next-match', 'previous-match').file?.top).toBe(9);
    expect(pressed(first, 'previous-match').message).toMatch(/no change further up/);
    expect(pressed(first, 'last', 'next-match').message).toMatch(/no change further down/);
    expect(pressed(first, 'filter')).toMatchObject({ typing: 'nothing' });
  });

  it('is nothing where the content is the same, or new', () => {
    expect(fileChanges(pressed(on('log', 2), 'file'))).toEqual({ kind: 'none', reason: 'same' });
    expect(fileChanges(pressed(on('log', 0), 'file'))).toEqual({ kind: 'none', reason: 'new' });
  });

  it('is not asked for where one of the two is too large to be compared', () => {
    const large = 'x'.repeat(MAX_COMPARED_BYTES + 1);
    for (const [before, now] of [
      ['little', large],
      [large, 'little'],
    ] as const) {
      const there = after(opened([[file('a', before)], [file('a', now)]]), 'next-layer', 'enter', 'last');
      const shown = pressed(there, 'file');
      expect(effectOf(shown, 'toggle-mode')).toBeUndefined();
      const asked = pressed(shown, 'toggle-mode');
      expect(fileView(asked)).toBe('changes');
      expect(fileChanges(asked)).toEqual({ kind: 'none', reason: 'too-large' });
    }
  });
});

describe('what changed in a file that is too large to be compared', () => {
  const MIB = 1024 * 1024;
  const large = opened([[file('big', 'a'.repeat(40 * MIB))], [file('big', 'b'.repeat(40 * MIB))]]);

  it('is told without the content before, and asking comes to an end', () => {
    let state = after(large, 'next-layer', 'enter');
    let reads = 0;
    for (const command of ['enter', 'toggle-mode'] as const) {
      let { state: next, effect } = update(state, { type: 'command', command, now: 0, textLines: 0 });
      while (effect?.type === 'read-contents' && effect.wanted.length > 0 && reads < 10) {
        const asked: Effect[] = [];
        for (const { inode, request } of effect.wanted) {
          reads++;
          const holder = new ContentHolder(request.size);
          holder.take(Buffer.alloc(request.size, 'x\n'));
          const load = { kind: 'read', content: holder.content() } as const;
          const answer = update(next, { type: 'content', inode, load });
          next = answer.state;
          if (answer.effect !== undefined) asked.push(answer.effect);
        }
        effect = asked.at(-1);
      }
      state = next;
    }
    expect(fileView(state)).toBe('changes');
    expect(fileChanges(state)).toEqual({ kind: 'none', reason: 'too-large' });
    expect(reads).toBe(1);
  });
});

describe('the layers of a file', () => {
  it('are those that did something to it, later ones and earlier ones', () => {
    expect(pressed(log, 'next-layer').file?.layer).toBe(2);
    expect(pressed(log, 'next-layer', 'next-layer').file?.layer).toBe(3);
    expect(pressed(log, 'previous-layer').file?.layer).toBe(0);
    expect(pressed(log, 'previous-layer', 'previous-layer').message).toMatch(/No earlier layer/);
    expect(pressed(log, 'last', 'next-layer').file?.top).toBe(0);
  });

  it('have no content where it has been deleted', () => {
    const gone = pressed(log, 'next-layer', 'next-layer');
    expect(fileContent(gone)).toBeNull();
    expect(pressed(gone, 'next-layer').message).toMatch(/No later layer/);
  });
});

describe('the search in a file', () => {
  const searching = typed(after(log, 'filter'), 'line 9');

  it('counts what it has found, and which of them one is at', () => {
    const all = LINES.split('line 9').length - 1;
    expect(all).toBeGreaterThan(5);
    expect(foundCount(searching)).toEqual({ number: 1, count: all, isCutOff: false });
    const kept = pressed(searching, 'enter');
    expect(foundCount(pressed(kept, 'next-match', 'next-match'))?.number).toBe(3);
    expect(foundCount(pressed(kept, 'previous-match'))?.number).toBe(all);
    expect(foundCount(typed(searching, 'x'))).toBeNull();
    expect(foundCount(log)).toBeNull();
    expect(screenText(kept)).toContain(`/line 9: 1 of ${all}`);
    expect(screenText(searching)).toContain(`1 of ${all}`);
  });

  it('goes with each letter to the first place behind the top of the screen', () => {
    expect(searching.file?.search).toMatchObject({ text: 'line 9', offset: LINES.indexOf('line 9') });
    expect(typed(searching, '9').file?.search?.offset).toBe(LINES.indexOf('line 99'));
    expect(typed(searching, '9').file?.top).toBeGreaterThan(60);
    expect(typed(searching, 'x').file?.search?.offset).toBeNull();
  });

  it('stays where one was while nothing is found, whatever its first letters have led to', () => {
    const below = pressed(log, 'down', 'down');
    const led = typed(after(below, 'filter'), 'line 9');
    expect(led.file?.top).toBe(2);
    const far = typed(led, '9');
    expect(far.file?.top).toBeGreaterThan(60);
    const lost = typed(far, 'x');
    expect(lost.file).toMatchObject({ top: 2, search: { offset: null } });
    expect(pressed(lost, 'enter').file?.top).toBe(2);
    expect(pressed(lost, 'enter', 'down').file?.top).toBe(3);
    expect(update(lost, { type: 'erased' }).state.file?.top).toBe(far.file?.top);
  });

  it('is kept by Enter, walked with n and N around the end, and cleared by Esc', () => {
    const kept = pressed(searching, 'enter');
    expect(kept.typing).toBeNull();
    expect(pressed(kept, 'next-match').file?.search?.offset).toBe(LINES.indexOf('line 90'));
    expect(pressed(kept, 'previous-match')).toMatchObject({
      file: { search: { offset: LINES.indexOf('line 99') } },
      message: 'Found from the end on.',
    });
    expect(pressed(kept, 'back')).toMatchObject({ screen: 'file', file: { search: null } });
    expect(pressed(searching, 'back')).toMatchObject({ typing: null, file: { search: null } });
  });

  it('says why it cannot go on', () => {
    expect(pressed(log, 'next-match').message).toMatch(/Nothing is searched for/);
    const nowhere = typed(after(log, 'filter'), 'nowhere');
    expect(pressed(nowhere, 'enter', 'next-match').message).toBe('nowhere is not in it.');
    const evil = typed(after(log, 'filter'), 'x\u202e\u001b[31m{quit}');
    expect(withLabels(DEFAULT_KEYMAP, pressed(evil, 'enter', 'next-match').message ?? '')).toBe(
      'x\\u202e\\e[31m{quit} is not in it.',
    );
    expect(pressed(on('dir', 1), 'file', 'filter').message).toMatch(/no content to search/);
  });

  it('may be typed before the content is here, and is sought in it then', () => {
    const reading = after(on('log', 1), 'enter');
    const searching = typed(after(reading, 'filter'), 'line 90');
    expect(searching).toMatchObject({
      typing: 'file-search',
      file: { search: { text: 'line 90', offset: null } },
    });
    expect(after(searching, 'enter', 'next-match').message).toMatch(/not here yet/);
    const offset = LINES.indexOf('line 90');
    for (const state of [searching, after(searching, 'enter')])
      expect(answered(state, effectOf(on('log', 1), 'enter')).file?.search?.offset).toBe(offset);
  });
});

describe('contents that have been read', () => {
  it('stay for a while, and are asked for again when they failed', () => {
    const effect = effectOf(on('log', 1), 'enter');
    const reading = after(on('log', 1), 'enter');
    const [wanted] = effect?.type === 'read-contents' ? effect.wanted : [];
    if (wanted === undefined) throw new Error('nothing was asked for');
    const load = { kind: 'failed', message: 'gone' } as const;
    const failed = update(reading, { type: 'content', inode: wanted.inode, load }).state;
    expect(fileContent(failed)).toBeNull();
    expect(effectOf(failed, 'down')).toBeUndefined();
    expect(effectOf(after(failed, 'back'), 'file')).toMatchObject({ type: 'read-contents' });
  });
});
