/** A person who looks for something among the files. */
import { describe, expect, it } from 'vitest';
import { matchNumber } from '../../src/state/finding.ts';
import { filesView } from '../../src/state/selectors.ts';
import type { State } from '../../src/state/state.ts';
import { update } from '../../src/state/update.ts';
import { file, whiteout } from '../harness/archive.ts';
import { after, cursorPath, opened, rowPaths, typed } from '../harness/explorer.ts';
import { onF9 } from '../harness/shop.ts';

const erased = (state: State): State => update(state, { type: 'erased' }).state;
const typing = (state: State, text: string): State => typed(after(state, 'filter'), text);
const kept = (state: State, text: string): State => after(typing(state, text), 'enter');

describe('a filter that cannot be read', () => {
  const found = typing(onF9, 're:f9');
  const broken = typed(found, '(');

  it('leaves what the last one that could be read has found', () => {
    expect(broken.files.filter).toBe('re:f9(');
    expect(rowPaths(broken)).toEqual(['app', 'app/data', 'app/data/f9']);
    expect(rowPaths(erased(broken))).toEqual(rowPaths(found));
  });

  it('is not kept by Enter, which says what is wrong, so that it can be typed to its end', () => {
    const entered = after(broken, 'enter');
    expect(entered.typing).toBe('files-filter');
    expect(entered.message).toContain('A ( is not closed.');
    expect(after(typed(entered, ')'), 'enter')).toMatchObject({
      typing: null,
      files: { applied: 're:f9()' },
    });
  });

  it('is forgotten when something else is done, or Esc clears it', () => {
    expect(after(broken, 'next-pane').files).toMatchObject({ filter: 're:f9', applied: 're:f9' });
    expect(after(broken, 'back').files).toMatchObject({ filter: '', applied: '' });
  });
});

describe('a term that is not complete', () => {
  it('finds everything yet', () => {
    expect(rowPaths(typing(onF9, 'is:add'))).toEqual(rowPaths(onF9));
    expect(rowPaths(typing(onF9, 'f9 >'))).toEqual(['app', 'app/data', 'app/data/f9']);
  });
});

describe('a filter of sizes and changes', () => {
  const layers = [
    [file('a', 'x'), file('b', 'x'.repeat(2000)), file('c', 'x')],
    [file('a', 'y'), file('b', 'y'.repeat(1500)), whiteout('c')],
  ];
  const second = after(opened(layers), 'next-layer', 'enter');

  it('finds what is so in the chosen layer', () => {
    expect(rowPaths(kept(second, '>1k'))).toEqual(['b']);
    expect(rowPaths(kept(second, 'is:removed'))).toEqual(['c']);
    expect(rowPaths(after(kept(second, 'is:removed'), 'previous-layer'))).toEqual([]);
    expect(rowPaths(kept(second, 'is:modified <1k'))).toEqual(['a']);
  });
});

describe('n and N', () => {
  const filtered = kept(onF9, 'f1');

  it('go from one path that was found to the next, and back, and say which it is', () => {
    const first = after(filtered, 'first', 'next-match');
    expect(cursorPath(first)).toBe('app/data/f1');
    expect(first.message).toBe('1 of 11.');
    const second = after(first, 'next-match');
    expect([cursorPath(second), second.message]).toEqual(['app/data/f10', '2 of 11.']);
    expect(cursorPath(after(second, 'previous-match'))).toBe('app/data/f1');
    expect(matchNumber(second)).toBe(2);
  });

  it('leave out directories that only lead there', () => {
    const onDirectory = after(filtered, 'first');
    expect(cursorPath(onDirectory)).toBe('app');
    expect(matchNumber(onDirectory)).toBeNull();
    expect(cursorPath(after(onDirectory, 'next-match', 'previous-match'))).toBe('app/data/f19');
  });

  it('begin again at the other end, and say so', () => {
    const last = after(filtered, 'last');
    const again = after(last, 'next-match');
    expect([cursorPath(again), again.message]).toEqual(['app/data/f1', '1 of 11, again from the first.']);
    expect(after(again, 'previous-match').message).toBe('11 of 11, again from the last.');
  });

  it('open the directories above what they find', () => {
    const folded = after(filtered, 'first', 'enter');
    expect(rowPaths(folded)).toEqual(['app']);
    const next = after(folded, 'next-match');
    expect(cursorPath(next)).toBe('app/data/f1');
    expect(rowPaths(next)).toHaveLength(13);
  });

  it('lead to the files from the layers', () => {
    const state = after({ ...filtered, focus: 'layers' }, 'next-match');
    expect(state.focus).toBe('files');
  });

  it('say why they lead nowhere', () => {
    expect(after(onF9, 'next-match').message).toMatch(/^\{next-match\} and .*\{filter\} begins one/);
    expect(after(kept(onF9, 'nowhere'), 'next-match').message).toBe('The filter finds nothing here.');
    expect(after(kept(onF9, 'f9'), 'next-match', 'next-match').message).toBe('1 of 1, again from the first.');
    expect(after(filtered, 'explore', 'up', 'next-match').message).toBe('There are no files here.');
  });
});

describe('folding what a filter has found', () => {
  it('lasts until something else is typed', () => {
    const filtered = kept(onF9, 'f1');
    const folded = after(filtered, 'fold-all');
    expect(rowPaths(folded)).toEqual(['app']);
    expect(rowPaths(typing(folded, '1'))).toEqual(['app', 'app/data', 'app/data/f11']);
    // The fold of what was found is not that of everything.
    expect(rowPaths(after(folded, 'back'))).toEqual(rowPaths(onF9));
  });
});

it('a key that moves the cursor neither filters nor sorts anything again', () => {
  const filtered = kept(onF9, 'f1 is:added >10');
  const [before, moved] = [filesView(filtered), filesView(after(filtered, 'down'))];
  if (before.kind === 'nothing' || moved.kind === 'nothing') throw new Error('no files');
  expect(moved.view).toBe(before.view);
  expect(moved.rows).toBe(before.rows);
});

describe('a jump to a wasted file', () => {
  const layers = [[file('a', 'xxxx'), file('b', 'y')], [whiteout('a')], [file('c', 'z')]];
  const chosen = after(kept(after(opened(layers), 'down', 'down', 'enter'), 'c'), 'toggle-added');

  it('shows all that its layer has, and is come back from to what was shown before', () => {
    const jumped = after(chosen, 'waste', 'enter');
    expect(cursorPath(jumped)).toBe('a');
    expect(jumped.files).toMatchObject({ filter: '', applied: '' });
    const back = after(jumped, 'back');
    expect(back.focus).toBe('waste');
    expect(back.layers.cursor).toBe(chosen.layers.cursor);
    expect(back.files).toMatchObject({ filter: 'c', applied: 'c', mode: chosen.files.mode });
    expect(back.files.leftOut).toEqual(new Set(chosen.files.leftOut));
    expect(back.files.leftOut.size).toBe(1);
  });

  it('gives a range back, and everything up to a layer', () => {
    const range = after(opened(layers), 'toggle-range', 'down', 'down', 'waste');
    expect(range.files.rangeStart).toBe(0);
    expect(after(range, 'enter').files.rangeStart).toBeNull();
    expect(after(range, 'enter', 'back')).toMatchObject({ layers: { cursor: 2 }, files: { rangeStart: 0 } });
    const all = after(opened(layers), 'enter', 'toggle-mode', 'waste', 'enter', 'back');
    expect(all.files.mode).toBe('everything');
  });
});

describe('a filter that is kept', () => {
  const layers = [[file('usr/lib/a', 'x'.repeat(9)), file('usr/lib/bb', 'bb'), file('etc/bb', 'b')]];
  const kept = (state: State) => after(typed(after(state, 'filter'), 'bb'), 'enter');

  it('has the cursor on its first match, not on the directory above it', () => {
    expect(cursorPath(kept(after(opened(layers), 'enter', 'first')))).toBe('usr/lib/bb');
  });

  it('leaves the cursor on a match', () => {
    const state = after(typed(after(opened(layers), 'filter'), 'bb'), 'last');
    expect(cursorPath(state)).toBe('etc/bb');
    expect(cursorPath(kept({ ...state, typing: null, files: { ...state.files, filter: '' } }))).toBe(
      'etc/bb',
    );
  });
});
