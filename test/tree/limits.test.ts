/** An image that is made to fill the memory is refused before it has. */
import { describe, expect, it } from 'vitest';
import { ImageTables } from '../../src/tree/layer-entries.ts';
import { TextTable } from '../../src/tree/text-table.ts';
import { TREE_LIMITS } from '../../src/tree/limits.ts';
import { PathTable } from '../../src/tree/path-table.ts';
import { Stack } from '../../src/tree/stack.ts';
import { file } from '../harness/archive.ts';
import { layerOf } from '../harness/tree.ts';

const hostile = (message: string) => expect.objectContaining({ code: 'hostile', message }) as Error;

describe('an image has no more than its limit', () => {
  it('of paths, those of directories among them', () => {
    const paths = new PathTable({ ...TREE_LIMITS, paths: 3 });
    paths.intern('a/b');
    paths.intern('a/c');
    paths.intern('a/b');
    expect(() => paths.intern('a/d')).toThrow(hostile('The image has more than 3 paths.'));
  });

  it('of names, each once', () => {
    const paths = new PathTable({ ...TREE_LIMITS, nameBytes: 10 });
    paths.intern('abcde/f');
    paths.intern('abcde/ghij');
    expect(() => paths.intern('k')).toThrow(hostile('The image has more than 10 bytes of names.'));
  });

  it('of links and attributes, each once', () => {
    const texts = new TextTable({ textUnits: 10 });
    texts.intern('abcdefgh');
    texts.intern('abcdefgh');
    expect(() => texts.intern('ijk')).toThrow(
      hostile('The image has more than 10 characters of links and attributes.'),
    );
  });

  it('of entries, in all layers that are read', () => {
    const tables = new ImageTables({ ...TREE_LIMITS, entries: 3 });
    layerOf(tables, [file('a', ''), file('b', '')]);
    expect(() => layerOf(tables, [file('a', ''), file('a', '')])).toThrow(
      hostile('The image has more than 3 entries in its layers.'),
    );
  });

  it('of entries, in a layer that is stacked again and again', () => {
    const tables = new ImageTables({ ...TREE_LIMITS, entries: 3 });
    const layer = layerOf(tables, [file('a', ''), file('b', '')]);
    const stack = new Stack(tables);
    stack.apply(layer);
    expect(() => stack.apply(layer)).toThrow(hostile('The image has more than 3 entries in its layers.'));
  });
});
