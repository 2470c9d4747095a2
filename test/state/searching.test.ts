import { describe, expect, it } from 'vitest';
import type { Action } from '../../src/state/actions.ts';
import { isSearching, searchedOf } from '../../src/state/filter-selectors.ts';
import { filesView } from '../../src/state/selectors.ts';
import type { State } from '../../src/state/state.ts';
import { update } from '../../src/state/update.ts';
import { DEFAULT_KEYMAP } from '../../src/ui/keymap.ts';
import { filesPane } from '../../src/ui/panes/files-pane.ts';
import { themeFor } from '../../src/ui/theme.ts';
import { file } from '../harness/archive.ts';
import {
  actionOf,
  after,
  cursorPath,
  factsFor,
  opened,
  rowPaths,
  typed,
  UNSEEN_BLOB,
} from '../harness/explorer.ts';
import { analysisOf } from '../harness/tree.ts';

/** Names that begin like hardly any other: mixed bits of their numbers. */
const hash = (index: number) =>
  Array.from({ length: 5 }, (_, part) =>
    ((Math.imul(index * 5 + part + 1, 0x9e3779b1) ^ (Math.imul(index + 7, 0x85ebca6b) >>> (part * 3))) >>> 0)
      .toString(16)
      .padStart(8, '0'),
  ).join('');

/** A pattern that has ever new sets of states on such names: no part of its search gets far. */
const COSTLY = 're:[0-7][0-9a-f]{16}.*7$';

const files = Array.from({ length: 600 }, (_, index) => file(hash(index), ''));
const asked = () => after(opened([files]), 'filter');
const expected = files
  .map(({ name }) => name)
  .filter((name) => /[0-7][0-9a-f]{16}.*7$/.test(name))
  .sort();

/** What is done when the world outside has nothing else to do, as often as it is asked for, but no more than `parts`. */
function searchedOn(state: State, parts = Infinity): State {
  let { state: now, effect } = update(state, { type: 'search-on' });
  for (let part = 1; part < parts && effect?.type === 'search'; part++)
    ({ state: now, effect } = update(now, { type: 'search-on' }));
  return now;
}

const act = (state: State, action: Action) => update(state, action);
const type = (state: State, text: string) => act(state, { type: 'typed', text });

describe('a filter that takes longer than a key may', () => {
  it('has the world outside ask for the rest, part after part, until all has been looked at', () => {
    const { state, effect } = type(asked(), COSTLY);
    expect(effect).toEqual({ type: 'search' });
    expect(state.files.applied).toBe(COSTLY);
    expect(isSearching(state)).toBe(true);
    const ended = searchedOn(state);
    expect(isSearching(ended)).toBe(false);
    expect(rowPaths(ended).sort()).toEqual(expected);
  });

  it('shows what has been found so far, and says that there may be more', () => {
    const { state } = type(asked(), COSTLY);
    const some = rowPaths(state);
    expect(some.length).toBeLessThan(expected.length);
    expect(expected).toEqual(expect.arrayContaining(some));
    expect(titleOf(state)).toMatch(new RegExp(`${some.length} match, searching…`));
    expect(titleOf(searchedOn(state))).not.toContain('searching');
  });

  it('draws nothing anew with every part: rows are made when much more has been looked at', () => {
    const shown = new Set<number>();
    let { state, effect } = type(asked(), COSTLY);
    for (let parts = 0; effect?.type === 'search'; parts++) {
      shown.add(searchedOf(state));
      ({ state, effect } = act(state, { type: 'search-on' }));
      expect(parts).toBeLessThan(10_000);
    }
    expect(shown.size).toBeLessThan(10);
  });

  it('is given up for what is typed next', () => {
    const { state } = type(asked(), COSTLY);
    const other = type(searchedOn(state, 2), '|^/f');
    expect(other.state.files.applied).toBe(`${COSTLY}|^/f`);
    const ended = searchedOn(other.state);
    const wanted = files.map(({ name }) => name).filter((name) => /[0-7][0-9a-f]{16}.*7$|^f/.test(name));
    expect(rowPaths(ended).sort()).toEqual(wanted.sort());
  });

  it('is given up with Esc, and nothing is asked for any more', () => {
    const cleared = after(type(asked(), COSTLY).state, 'back');
    expect(cleared.files.applied).toBe('');
    const { state, effect } = act(cleared, { type: 'search-on' });
    expect(effect).toBeUndefined();
    expect(rowPaths(state)).toHaveLength(files.length);
  });

  it('lets keys do their work meanwhile, which ask for it no second time', () => {
    const { state } = type(asked(), COSTLY);
    const { state: moved, effect } = update(state, actionOf(state, 'down'));
    expect(effect?.type).not.toBe('search');
    expect(rowPaths(searchedOn(moved)).sort()).toEqual(expected);
  });

  it('leads the cursor to its first match when it ends, where Enter was the last key', () => {
    const rare = expected[0] ?? '';
    const filter = `re:${rare.slice(0, 20)}|[0-7][0-9a-f]{16}.*x`;
    const kept = after(type(asked(), filter).state, 'enter');
    expect(kept.typing).toBeNull();
    const ended = searchedOn(kept);
    expect(cursorPath(ended)).toBe(rare);
    expect(ended.search.leadsToMatch).toBe(false);
  });
});

describe('a filter of a huge image', () => {
  const huge = opened([Array.from({ length: 60_001 }, (_, index) => file(`f${index}`, ''))]);
  const { state: waiting, effect } = type(after(huge, 'filter'), 'f60000');

  it('is on the screen before anything is searched, and then gone by', () => {
    expect(waiting.files).toMatchObject({ filter: 'f60000', applied: '' });
    expect(filesView(waiting)).toEqual(filesView(huge));
    expect(effect).toEqual({ type: 'search' });
    expect(rowPaths(searchedOn(waiting))).toEqual(['f60000']);
  });

  it('leaves the rows that were there until all paths have been looked at', () => {
    const larger = opened([Array.from({ length: 100_000 }, (_, index) => file(`f${index}`, ''))]);
    const { state: typedIn } = type(after(larger, 'filter'), 'f99999');
    const { state: searched, effect: goesOn } = act(typedIn, { type: 'search-on' });
    expect(goesOn).toEqual({ type: 'search' });
    expect(searched.files).toMatchObject({ filter: 'f99999', applied: '' });
    expect(filesView(searched)).toEqual(filesView(larger));
    expect(rowPaths(act(searched, { type: 'search-on' }).state)).toEqual(['f99999']);
  });

  it('waits no longer than until the next key, which is not typed', () => {
    expect(after(waiting, 'enter').files.applied).toBe('f60000');
    expect(cursorPath(searchedOn(after(waiting, 'enter')))).toBe('f60000');
    expect(after(waiting, 'back').files).toMatchObject({ filter: '', applied: '' });
  });

  it('waits for no second one: what is typed next takes its place', () => {
    const { state: next, effect: again } = act(waiting, { type: 'erased' });
    expect(again).toEqual({ type: 'search' });
    const ended = searchedOn(next);
    expect(ended.files.applied).toBe('f6000');
    expect(rowPaths(ended).sort()).toEqual(['f6000', 'f60000']);
  });

  it('that cannot be read leaves what is shown', () => {
    const { state: broken, effect: none } = type(after(huge, 'filter'), 're:(');
    expect(none).toBeUndefined();
    expect(searchedOn(broken).files).toMatchObject({ filter: 're:(', applied: '' });
  });
});

describe('layers that come while a filter holds', () => {
  it('are searched too, to their end', () => {
    const [half, rest] = [files.slice(0, 300), files.slice(300)];
    const analysis = analysisOf(half, rest);
    const blobs = [UNSEEN_BLOB, UNSEEN_BLOB];
    let { state } = act(opened([half], { read: 1 }), { type: 'image', image: factsFor(2) });
    state = searchedOn(type(after(state, 'filter'), COSTLY).state);
    expect(isSearching(state)).toBe(false);
    const told = act(state, { type: 'layer', analysis, blobs });
    expect(told.effect).toEqual({ type: 'search' });
    const both = after(searchedOn(told.state), 'enter', 'toggle-mode', 'next-layer');
    expect(rowPaths(searchedOn(both)).sort()).toEqual(expected);
  });
});

it('what a state shows does not depend on what else has been asked meanwhile', () => {
  const { state } = type(asked(), COSTLY);
  const before = rowPaths(state);
  searchedOn(typed(after(asked()), 'abc'));
  expect(rowPaths(state)).toEqual(before);
  searchedOn(state);
  expect(rowPaths(state)).toEqual(before);
});

function titleOf(state: State): string {
  const { glyphs } = themeFor({ palette: '16', unicode: true });
  expect(filesView(state).kind).toBe('rows');
  const [title] = filesPane(
    state,
    { row: 0, column: 0, columns: 160, rows: 20, listRows: 15 } as never,
    glyphs,
    DEFAULT_KEYMAP,
  );
  return (title ?? []).map(({ text }) => text).join('');
}
