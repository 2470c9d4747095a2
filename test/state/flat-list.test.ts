import { describe, expect, it } from 'vitest';
import { filesView } from '../../src/state/selectors.ts';
import { opening, type State } from '../../src/state/state.ts';
import { directory, file, whiteout } from '../harness/archive.ts';
import { after, cursorHeight, cursorPath, opened, rowPaths, SMALL, typed } from '../harness/explorer.ts';

const SHOP = [
  [
    ...[file('usr/lib/big', 'b'.repeat(90)), file('usr/lib/small', 's'), file('usr/bin/sh', 's'.repeat(40))],
    ...[file('etc/passwd', 'p'.repeat(50)), directory('empty')],
  ],
  [whiteout('usr/bin/sh'), file('etc/group', 'g'.repeat(7)), file('usr/lib/small', 's'.repeat(80))],
];

/** In the files of the first layer, all folded. */
const folded = after(opened(SHOP), 'enter', 'fold-all');

describe('the list of files', () => {
  it('has every file of the view, most bytes first, and begins with the first from a directory', () => {
    const list = after(folded, 'toggle-flat');
    expect(rowPaths(list)).toEqual(['usr/lib/big', 'etc/passwd', 'usr/bin/sh', 'usr/lib/small']);
    expect(cursorPath(list)).toBe('usr/lib/big');
    expect(list.message).toBe('All files in one list, the largest first.');
  });

  it('keeps the cursor on a file, there and back, with all above it open', () => {
    const onSmall = after(folded, 'unfold-all', 'toggle-order', 'last');
    expect(cursorPath(onSmall)).toBe('usr/lib/small');
    expect(cursorPath(after(onSmall, 'toggle-flat'))).toBe('usr/lib/small');
    const small = after(folded, 'toggle-flat', 'last');
    expect(cursorPath(small)).toBe('usr/lib/small');
    const tree = after(small, 'toggle-flat');
    expect(cursorPath(tree)).toBe('usr/lib/small');
    expect(rowPaths(tree)).toContain('usr/lib/big');
    expect(rowPaths(tree)).not.toContain('etc/passwd');
  });

  it('follows the order, the kind of view, a range and what is left out', () => {
    const list = after(folded, 'toggle-flat');
    expect(rowPaths(after(list, 'toggle-order'))).toEqual([
      'etc/passwd',
      'usr/bin/sh',
      'usr/lib/big',
      'usr/lib/small',
    ]);
    const changes = after(list, 'next-layer');
    expect(rowPaths(changes)).toEqual(['usr/lib/small', 'usr/bin/sh', 'etc/group']);
    expect(rowPaths(after(changes, 'toggle-removed'))).toEqual(['usr/lib/small', 'etc/group']);
    expect(rowPaths(after(changes, 'toggle-mode'))).toEqual([
      'usr/lib/big',
      'usr/lib/small',
      'etc/passwd',
      'etc/group',
    ]);
    expect(rowPaths(after(list, 'toggle-range', 'next-layer'))).toEqual([
      'usr/lib/big',
      'usr/lib/small',
      'etc/passwd',
      'etc/group',
    ]);
  });

  it('keeps its cursor on the same path at the same height when the order changes', () => {
    const many = [Array.from({ length: 60 }, (_, index) => file(`d/f${index}`, 'x'.repeat(60 - index)))];
    const list = after(opened(many, { size: SMALL }), 'enter', 'toggle-flat', 'page-down', 'page-down');
    const other = after(list, 'toggle-order');
    expect(cursorPath(other)).toBe(cursorPath(list));
    expect(cursorHeight(other)).toBe(cursorHeight(list));
  });

  it('is filtered, and its matches are counted without directories', () => {
    const found = after(typed(after(folded, 'toggle-flat', 'filter'), 's'), 'enter');
    // The directory usr matches as well.
    expect(rowPaths(found)).toEqual(['etc/passwd', 'usr/bin/sh', 'usr/lib/small']);
    expect(after(found, 'next-match').message).toBe('2 of 3.');
    expect(after(found, 'previous-match').message).toBe('3 of 3, again from the last.');
    const nothing = typed(after(folded, 'toggle-flat', 'filter'), 'is:dir');
    expect(rowPaths(nothing)).toEqual([]);
    expect(after(nothing, 'enter', 'next-match').message).toBe('The filter finds nothing here.');
    expect(after(nothing, 'enter', 'toggle-flat').files.isFlat).toBe(false);
  });

  it.each(['left', 'right', 'toggle-fold', 'fold-all', 'unfold-all', 'more-levels', 'fewer-levels'] as const)(
    'has nothing for %s to fold',
    (command) => {
      const list = after(folded, 'toggle-flat');
      const next = after(list, command);
      expect(next.message).toContain('{toggle-flat} leads back to the tree');
      expect({ ...next, message: null }).toEqual({ ...list, message: null });
    },
  );

  it('opens the file under its cursor, and is there again afterwards', () => {
    const list = after(folded, 'toggle-flat', 'down');
    const shown = after(list, 'enter');
    expect(shown).toMatchObject({ screen: 'file' });
    const again = after(shown, 'back');
    expect(cursorPath(again)).toBe('etc/passwd');
    expect(again.files.isFlat).toBe(true);
  });

  it('gives way to the tree where a jump leads to a file, and comes back with Esc', () => {
    const list = after(folded, 'toggle-flat');
    const jumped = after(list, 'waste', 'enter');
    expect(jumped.files.isFlat).toBe(false);
    expect(after(jumped, 'back').files.isFlat).toBe(true);
  });

  it('stays a list when another image is opened', () => {
    expect(opening(after(folded, 'toggle-flat'), 'other', 0).files.isFlat).toBe(true);
  });

  it('is made once for a view and an order', () => {
    const list = after(folded, 'toggle-flat');
    const rowsOf = (state: State) => {
      const files = filesView(state);
      return files.kind === 'rows' ? files.rows : null;
    };
    const made = rowsOf(list);
    expect(made).not.toBeNull();
    expect(rowsOf(after(list, 'down'))).toBe(made);
    expect(rowsOf(after(list, 'last', 'zoom'))).toBe(made);
  });
});
