import { describe, expect, it } from 'vitest';
import { imageLength, imageLines } from '../../../src/ui/screens/image.tsx';
import { update } from '../../../src/state/update.ts';
import type { State } from '../../../src/state/state.ts';
import { after, factsFor, opened } from '../../harness/explorer.ts';
import { textOf, UNICODE } from '../../harness/explorer-screen.ts';
import { file } from '../../harness/archive.ts';

const shop = after(opened([[file('a', 'x')]]), 'image');
/** What stands in its border, blanks between words as one. */
const text = (state: State): string[] =>
  imageLines(state, 20, UNICODE.glyphs)
    .slice(1, 1 + imageLength(state))
    .map((line) => textOf(line).slice(1, -1).replaceAll(/ +/g, ' ').trim());

describe('the screen of the image', () => {
  it('says its names, platform and how its containers start', () => {
    expect(text(shop)).toEqual([
      'reference test/image:latest',
      'source archive',
      'platform linux/amd64',
      'created 2026-01-01 00:00',
      'user 1000',
      'command ["sh"]',
    ]);
  });

  it('says how many layers have been verified', () => {
    const { analysis } = shop.open ?? {};
    if (analysis == null) throw new Error('nothing is open');
    const blobs = [{ digest: null, blobBytes: null, mismatches: [] }];
    const told = update(shop, { type: 'layer', analysis, blobs }).state;
    expect(text(told)).toContain('layers 1 of 1 layer verified');
  });

  it('says which daemon holds it', () => {
    const daemon = 'Docker 20.10.24 · overlay2 · unix:///var/run/docker.sock';
    const told = update(shop, { type: 'image', image: { ...factsFor(1), daemon } }).state;
    expect(text(told)).toContain(`daemon ${daemon}`);
  });
});
