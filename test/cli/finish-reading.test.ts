/** What is done once the screen of an image stands. */
import { describe, expect, it } from 'vitest';
import { finishReading } from '../../src/cli/finish-reading.ts';
import { loadImage } from '../../src/cli/load-image.ts';
import type { Action } from '../../src/state/actions.ts';
import { BASE, old, sourceOf, TOP } from '../harness/saved.ts';
import { rawTar } from '../harness/raw-tar.ts';

const { signal } = new AbortController();

describe('an image that has been read', () => {
  it('is kept and verified when the frame that says so has been painted, and not before', async () => {
    const source = sourceOf(rawTar(...old([BASE, TOP])));
    const loaded = await loadImage(source, () => undefined, signal);
    const order: string[] = [];
    // As a frame is: drawn in a turn of the event loop, painted in the next one.
    setImmediate(() => {
      order.push('drawn');
      setImmediate(() => order.push('painted'));
    });
    const loading = {
      keep: () => {
        order.push('kept');
        return Promise.resolve();
      },
    };
    const verify = () => {
      order.push('verified');
      return Promise.resolve();
    };
    const unverified = loaded.blobs.map((blob) => ({ ...blob, mismatches: null }));
    const told: Action[] = [];
    await finishReading(
      { loading, source: Object.assign(source, { verify }), loaded: { ...loaded, blobs: unverified } },
      (action) => told.push(action),
      signal,
    );
    expect(order).toEqual(['drawn', 'painted', 'kept', 'verified']);
    expect(told.map(({ type }) => type)).toEqual(['verified', 'verified']);
  });
});
