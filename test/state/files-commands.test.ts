/** A person at the files pane of a small image. */
import { describe, expect, it } from 'vitest';
import type { Command } from '../../src/state/actions.ts';
import { after, cursorHeight, cursorPath, rowPaths, SMALL, typed } from '../harness/explorer.ts';
import { onF9, shop } from '../harness/shop.ts';

describe('the cursor of the files pane keeps its path', () => {
  it('was put there row by row', () => {
    expect(cursorPath(onF9)).toBe('app/data/f9');
  });

  it('when the order changes', () => {
    const state = after(onF9, 'toggle-order');
    expect(state.files.order).toBe('name');
    expect(cursorPath(state)).toBe('app/data/f9');
  });

  it('when it has not been moved yet', () => {
    const state = after(shop(), 'enter');
    expect(cursorPath(state)).toBe('usr');
    expect(cursorPath(after(state, 'toggle-order'))).toBe('usr');
    expect(rowPaths(after(state, 'toggle-order'))[0]).toBe('etc');
  });

  it('when everything is shown, not only changes, and back', () => {
    const state = after(onF9, 'toggle-mode');
    expect(rowPaths(state)).toContain('usr');
    expect(cursorPath(state)).toBe('app/data/f9');
    expect(cursorPath(after(state, 'toggle-mode'))).toBe('app/data/f9');
  });

  it('when a filter comes and goes', () => {
    const state = typed(after(onF9, 'filter'), '9');
    expect(rowPaths(state)).toEqual([
      'app',
      'app/data',
      'app/data/f9',
      'app/data/f19',
      'app/data/f29',
      'app/data/f39',
    ]);
    expect(cursorPath(state)).toBe('app/data/f9');
    expect(cursorPath(after(state, 'back'))).toBe('app/data/f9');
  });

  it('when another layer is chosen that shows the path, and when the first one is chosen again', () => {
    const everything = after(onF9, 'toggle-mode', 'next-layer');
    expect(cursorPath(everything)).toBe('app/data/f9');
    const away = after(onF9, 'next-layer');
    expect(cursorPath(away)).toBe('app/data');
    expect(cursorPath(after(away, 'previous-layer'))).toBe('app/data/f9');
  });

  it('when other kinds of change are left out', () => {
    const state = after(shop(), 'down', 'down', 'down', 'enter');
    const onMotd = after(state, ...Array<Command>(rowPaths(state).indexOf('etc/motd')).fill('down'));
    expect(cursorPath(onMotd)).toBe('etc/motd');
    expect(cursorPath(after(onMotd, 'toggle-removed'))).toBe('etc/motd');
    expect(cursorPath(after(onMotd, 'toggle-removed', 'toggle-removed'))).toBe('etc/motd');
  });

  it('goes to the nearest directory where the path is gone, and comes back with it', () => {
    const state = after(onF9, 'toggle-added');
    expect(rowPaths(state)).toEqual([]);
    expect(cursorPath(after(state, 'toggle-added'))).toBe('app/data/f9');
    const folded = after(onF9, 'fold-all');
    expect(cursorPath(folded)).toBe('app');
    expect(cursorPath(after(folded, 'unfold-all'))).toBe('app/data/f9');
  });
});

describe('the row under the cursor stays at the same height', () => {
  /** Far down a list that does not fit, with rows above and below the screen. */
  const scrolled = after(shop(SMALL), 'down', 'down', 'enter', ...Array<Command>(25).fill('down'));

  it.each<[string, readonly Command[]]>([
    ['the order changes', ['toggle-order']],
    ['everything is shown', ['toggle-mode']],
    ['another layer is chosen, everything shown', ['toggle-mode', 'next-layer']],
    ['what the layer removed is left out', ['toggle-removed']],
  ])('when %s', (_, commands) => {
    expect(scrolled.files.top).toBeGreaterThan(0);
    const state = after(scrolled, ...commands);
    expect(cursorPath(state)).toBe(cursorPath(scrolled));
    expect(cursorHeight(state)).toBe(cursorHeight(scrolled));
  });
});

describe('folding', () => {
  it('of a directory hides what is in it, and Enter or Space shows it again', () => {
    const onApp = after(onF9, 'first');
    for (const command of ['enter', 'toggle-fold', 'left'] as const) {
      expect(rowPaths(after(onApp, command))).toEqual(['app']);
    }
    const folded = after(onApp, 'enter');
    for (const command of ['enter', 'toggle-fold', 'right'] as const) {
      expect(rowPaths(after(folded, command))).toContain('app/data/f9');
    }
  });

  it('goes left to the directory above, and right into it', () => {
    expect(cursorPath(after(onF9, 'left'))).toBe('app/data');
    expect(cursorPath(after(onF9, 'left', 'right'))).toBe('app/data/f1');
    expect(cursorPath(after(onF9, 'left', 'left', 'left'))).toBe('app');
    expect(after(onF9, 'first', 'left', 'left').message).toBe('This is the outermost directory.');
  });

  it('of all leaves what stands outermost; unfolding shows all', () => {
    expect(rowPaths(after(onF9, 'fold-all'))).toEqual(['app']);
    expect(rowPaths(after(onF9, 'fold-all', 'unfold-all'))).toHaveLength(42);
  });

  it('shows one level more or less everywhere, and says how many there are', () => {
    const folded = after(onF9, 'fold-all');
    const two = after(folded, 'more-levels');
    expect(rowPaths(two)).toEqual(['app', 'app/data']);
    expect(two.message).toBe('Directories are open down to level 2 of 3.');
    const three = after(two, 'more-levels');
    expect(rowPaths(three)).toHaveLength(42);
    expect(after(three, 'more-levels').message).toBe('All 3 levels are shown.');
    expect(rowPaths(after(three, 'fewer-levels'))).toEqual(rowPaths(two));
    expect(rowPaths(after(two, 'fewer-levels'))).toEqual(['app']);
    expect(after(folded, 'fewer-levels').message).toBe('Only the outermost level is shown.');
  });

  it('counts levels from those that are open', () => {
    expect(rowPaths(after(onF9, 'unfold-all', 'fewer-levels'))).toEqual(['app', 'app/data']);
    expect(rowPaths(after(onF9, 'fewer-levels'))).toEqual(['app']);
    expect(rowPaths(after(onF9, 'more-levels'))).toEqual(['app', 'app/data']);
    // What was folded by hand gives way.
    expect(rowPaths(after(onF9, 'first', 'enter', 'more-levels'))).toEqual(['app', 'app/data']);
  });

  it('lasts from layer to layer', () => {
    const folded = after(onF9, 'first', 'enter', 'toggle-mode', 'next-layer');
    expect(rowPaths(folded)).not.toContain('app/data');
  });

  it('says why where there is nothing to fold', () => {
    expect(after(onF9, 'toggle-fold').message).toMatch(/directory/);
    expect(after(onF9, 'right').message).toMatch(/Nothing to unfold/);
    expect(after(shop(), 'toggle-fold').message).toMatch(/files pane/);
  });
});

describe('the order', () => {
  it('goes from size to name to change in size, and says so', () => {
    const orders = [1, 2, 3].map((times) => after(onF9, ...Array<Command>(times).fill('toggle-order')));
    expect(orders.map(({ files }) => files.order)).toEqual(['name', 'change', 'size']);
    expect(orders.map(({ message }) => message?.split(',')[0])).toEqual([
      'Sorted by name.',
      'Sorted by change in size',
      'Sorted by size.',
    ]);
  });
});

describe('kinds of change', () => {
  const third = after(shop(), 'last', 'up', 'enter');

  it.each<[Command, string, string]>([
    ['toggle-removed', 'app/data/f1', 'Paths removed'],
    ['toggle-modified', 'etc/motd', 'Paths modified'],
  ])('are left out by %s, and shown again by the same key', (command, path, message) => {
    expect(rowPaths(third)).toContain(path);
    const without = after(third, command);
    expect(rowPaths(without)).not.toContain(path);
    expect(without.message).toBe(`${message}: left out.`);
    expect(rowPaths(after(without, command))).toEqual(rowPaths(third));
    expect(after(without, command).message).toBe(`${message}: shown.`);
  });

  it('that did not change can be left out of everything', () => {
    const everything = after(third, 'toggle-mode');
    expect(rowPaths(everything)).toContain('app/data/f2');
    expect(rowPaths(after(everything, 'toggle-unchanged', 'unfold-all'))).toEqual(['etc', 'etc/motd']);
  });
});

describe('a filter', () => {
  const filtered = typed(after(onF9, 'filter'), 'f1');

  it('is typed until Enter keeps it', () => {
    const kept = after(filtered, 'enter');
    expect(kept.typing).toBeNull();
    expect(kept.files.filter).toBe('f1');
    expect(rowPaths(kept)).toEqual(rowPaths(filtered));
  });

  it('is cleared by Esc, which ends the typing too', () => {
    const cleared = after(filtered, 'back');
    expect(cleared.files.filter).toBe('');
    expect(cleared.typing).toBeNull();
    expect(cleared.focus).toBe('files');
  });

  it('that was kept is cleared by Esc as well', () => {
    expect(after(filtered, 'enter', 'back').files.filter).toBe('');
  });

  it('unfolds what it finds', () => {
    const folded = after(onF9, 'fold-all', 'filter');
    expect(rowPaths(typed(folded, 'f9'))).toEqual(['app', 'app/data', 'app/data/f9']);
  });
});
