import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Entry } from '../../src/image/entry.ts';
import { isShown, Kind } from '../../src/tree/kind.ts';
import { ImageTables, LayerEntries, linkText } from '../../src/tree/layer-entries.ts';
import { newSlotMemory, slotsIn } from '../../src/sources/thread/entry-slot.ts';
import { directory, file, hardlink, type LayerEntry, special, symlink } from '../harness/archive.ts';
import { randomEntry } from '../harness/random-entries.ts';
import { entryOf, layerOf } from '../harness/tree.ts';

const KIND_NAMES = Object.entries(Kind);

/** Each entry as `Kind path`. */
function placed(...entries: readonly LayerEntry[]): string[] {
  const tables = new ImageTables();
  const layer = layerOf(tables, entries);
  return Array.from({ length: layer.length }, (_, row) => {
    const kind = KIND_NAMES.find(([, value]) => value === layer.kinds[row])?.[0] ?? '?';
    return `${kind} /${tables.paths.path(layer.nodes[row] ?? -1)}`;
  });
}

describe('an entry', () => {
  it('has its kind and its path', () => {
    expect(
      placed(
        file('a', 'x'),
        directory('d'),
        symlink('l', 'a'),
        hardlink('h', 'a'),
        special('char', 'c'),
        special('block', 'b'),
        special('fifo', 'd/f'),
      ),
    ).toEqual(['File /a', 'Directory /d', 'Symlink /l', 'Hardlink /h', 'Char /c', 'Block /b', 'Fifo /d/f']);
  });

  it('that is a whiteout stands for the path that it hides', () => {
    expect(placed(file('.wh.a', ''), file('d/.wh.b', ''), file('d/.wh..c', ''))).toEqual([
      'Whiteout /a',
      'Whiteout /d/b',
      'Whiteout /d/.c',
    ]);
  });

  it('that is an opaque whiteout stands for its directory', () => {
    expect(placed(file('.wh..wh..opq', ''), file('d/e/.wh..wh..opq', ''))).toEqual([
      'Opaque /',
      'Opaque /d/e',
    ]);
  });

  it('that is bookkeeping of a file system is passed over', () => {
    const names = ['.wh..wh.aufs', 'd/.wh..wh.plnk', 'd/.wh.'];
    expect(placed(...names.map((name) => file(name, '')))).toEqual([
      'Bookkeeping /',
      'Bookkeeping /d',
      'Bookkeeping /d',
    ]);
  });

  it('whose name only looks like a whiteout is none', () => {
    expect(placed(file('wh.a', ''), file('.wha', ''), file('.wh', ''), file('a.wh.b', ''))).toEqual([
      'File /wh.a',
      'File /.wha',
      'File /.wh',
      'File /a.wh.b',
    ]);
  });

  it('is shown, unless it takes something away or is bookkeeping', () => {
    const shown = KIND_NAMES.filter(([, kind]) => isShown(kind)).map(([name]) => name);
    expect(shown).toEqual(['File', 'Directory', 'Symlink', 'Hardlink', 'Char', 'Block', 'Fifo']);
  });
});

describe('the columns of a layer', () => {
  const meta = { mode: 0o4755, uid: 4_000_000_000, gid: 33, mtime: 1_600_000_000 };

  it('hold what the headers say', () => {
    const layer = new LayerEntries(new ImageTables());
    layer.add({ ...entryOf(file('a', 'hello', meta)), mtime: 1_600_000_000.25 });
    layer.add(entryOf(file('big', '')));
    layer.add({ ...entryOf(file('huge', 'x')), size: 5_000_000_000_000 });
    expect(Array.from(layer.modes.slice(0, 3))).toEqual([0o4755, 0o644, 0o644]);
    expect([layer.uids[0], layer.gids[0], layer.mtimes[0]]).toEqual([4_000_000_000, 33, 1_600_000_000.25]);
    expect(Array.from(layer.sizes.slice(0, 3))).toEqual([5, 0, 5_000_000_000_000]);
    expect(layer.bytes).toBe(5_000_000_000_005);
    expect(layer.length).toBe(3);
  });

  it('keep every row while they grow, and once they have been trimmed', () => {
    const tables = new ImageTables();
    const count = 5000;
    const layer = layerOf(
      tables,
      Array.from({ length: count }, (_, n) =>
        file(`d/f${n}`, 'x'.repeat(n % 9), { uid: n, mode: n % 0o1000 || 1 }),
      ),
    );
    expect(layer.length).toBe(count);
    expect(layer.nodes.length).toBeLessThanOrEqual(2 * count);
    for (let row = 0; row < count; row++) {
      expect(tables.paths.path(layer.nodes[row] ?? -1)).toBe(`d/f${row}`);
      expect([layer.uids[row], layer.sizes[row]]).toEqual([row, row % 9]);
    }
    expect(layer.sameContent(1, layer, 10)).toBe(true);
    expect(layer.sameContent(count - 1, layer, count - 10)).toBe(true);
    expect(layer.sameContent(1, layer, 2)).toBe(false);
  });

  it('count no bytes but those of regular files', () => {
    const layer = new LayerEntries(new ImageTables());
    const odd: Entry = { ...entryOf(symlink('l', 'a')), size: 100 };
    layer.add(odd);
    layer.add({ ...entryOf(file('.wh.a', 'never stored')) });
    expect(layer.bytes).toBe(0);
  });
});

describe('entries that come in rows', () => {
  /** All that a layer knows, by path and text. */
  const known = (layer: LayerEntries, { paths, texts }: ImageTables) => ({
    ...{ length: layer.length, bytes: layer.bytes, unread: layer.unread },
    rows: Array.from({ length: layer.length }, (_, row) => [
      ...[layer.kinds[row], paths.path(layer.nodes[row] ?? 0), layer.sizes[row], layer.modes[row]],
      ...[layer.uids[row], layer.gids[row], layer.mtimes[row], texts.text(layer.xattrs[row] ?? 0)],
      layer.kinds[row] === Kind.Hardlink
        ? paths.path(layer.links[row] ?? 0)
        : texts.text(layer.links[row] ?? 0),
      layer.checksumOf(row)?.toString(),
    ]),
  });

  it('are what they are one by one', () => {
    fc.assert(
      fc.property(fc.array(fc.array(randomEntry, { maxLength: 30 }), { maxLength: 4 }), (batches) => {
        const [one, other] = [new ImageTables(), new ImageTables()];
        const oneByOne = new LayerEntries(one);
        for (const entry of batches.flat()) oneByOne.add(entry);
        const inRows = new LayerEntries(other);
        for (const entries of batches) {
          const [slot] = slotsIn(newSlotMemory());
          for (const entry of entries) slot?.add(entry, 0);
          if (slot !== undefined) inRows.addRows(slot);
        }
        expect(known(inRows, other)).toEqual(known(oneByOne, one));
      }),
    );
  });
});

describe('two payloads', () => {
  const contentOf = (...contents: (string | null)[]) => {
    const layer = new LayerEntries(new ImageTables());
    contents.forEach((content, index) => {
      const entry = entryOf(file(`f${index}`, content ?? 'xx'));
      layer.add(content === null ? { ...entry, checksum: null } : entry);
    });
    return layer;
  };

  it('are the same where size and checksum agree, in one layer or in two', () => {
    const layer = contentOf('xx', 'xx', 'xy', 'xxx');
    expect(layer.sameContent(0, layer, 1)).toBe(true);
    expect(layer.sameContent(0, layer, 2)).toBe(false);
    expect(layer.sameContent(0, layer, 3)).toBe(false);
    expect(layer.sameContent(0, contentOf('other', 'xx'), 1)).toBe(true);
    expect(layer.sameContent(0, contentOf('other', 'xx'), 0)).toBe(false);
  });

  it('are the same where both are empty', () => {
    const layer = contentOf('', 'x', '');
    expect(layer.sameContent(0, layer, 2)).toBe(true);
    expect(layer.sameContent(0, layer, 1)).toBe(false);
  });

  it('are not known to be the same where one has no checksum', () => {
    const layer = contentOf(null, 'xx', null);
    expect(layer.sameContent(0, layer, 1)).toBe(false);
    expect(layer.sameContent(1, layer, 0)).toBe(false);
    expect(layer.sameContent(0, layer, 2)).toBe(false);
  });

  it('have a hash in common where they are the same', () => {
    const layer = contentOf('xx', 'xy', 'xx', null);
    expect(layer.contentHash(0)).toBe(layer.contentHash(2));
    expect(layer.contentHash(0)).not.toBe(layer.contentHash(1));
    expect(layer.contentHash(3)).toBe(0);
  });
});

describe('the link of a row', () => {
  it('is a symlink’s target as written, a device’s numbers, a hard link’s path', () => {
    const tables = new ImageTables();
    const entries = [symlink('l', '../a//b'), special('char', 'c'), hardlink('h', './usr/a'), file('f', 'x')];
    const layer = layerOf(tables, entries);
    expect([0, 1, 2, 3].map((row) => linkText(layer, row, tables))).toEqual(['../a//b', '1:3', 'usr/a', '']);
  });
});
