import { describe, expect, it } from 'vitest';
import { nearestKin } from '../../src/cache/kin.ts';

/** An image of layers that are called by their keys, each of so many bytes. */
const image = (
  name: string,
  ...layers: readonly (readonly [key: string | null, bytes: number | null])[]
) => ({
  name,
  facts: {
    layerKeys: layers.map(([key]) => key),
    blobs: layers.map(([, blobBytes]) => ({ digest: null, blobBytes, mismatches: null })),
  },
});

describe('images that have layers of another one', () => {
  const images = [
    image('none', ['x', 1000]),
    image('small', ['a', 10], ['b', 10]),
    image('large', ['x', 5], ['c', 100]),
    image('empty', ['d', 0]),
    image('nameless', [null, 1000]),
    { name: 'damaged', facts: null },
  ];
  const kinOf = (...keys: readonly (string | null)[]) => nearestKin(images, keys).map(({ name }) => name);

  it('are those with most bytes of them first', () => {
    expect(kinOf('a', 'b', 'c')).toEqual(['large', 'small']);
    expect(kinOf('a', 'd')).toEqual(['small', 'empty']);
  });

  it('are none where nothing is in common, or nothing is known by a key', () => {
    expect(kinOf('y')).toEqual([]);
    expect(kinOf(null)).toEqual([]);
    expect(kinOf()).toEqual([]);
  });

  it('have a layer once that is wanted twice', () => {
    const [one, two] = [image('one', ['a', 10]), image('two', ['b', 15])];
    expect(nearestKin([one, two], ['a', 'a', 'b'])).toEqual([two, one]);
  });
});
