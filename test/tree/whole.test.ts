import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Analysis } from '../../src/analysis/analysis.ts';
import { wholeAt } from '../../src/tree/whole.ts';
import { file, hardlink, whiteout } from '../harness/archive.ts';
import { randomImage } from '../harness/random-image.ts';
import { analysisOf, layerOf, nodeOf } from '../harness/tree.ts';

/** All that is told of a layer's file system. */
function told({ stack, tables }: Analysis, layer: number): unknown[] {
  const members = wholeAt(stack, tables, layer);
  const nodes = Array.from({ length: members.size }, (_, node) => node);
  return [
    members.matchCount,
    ...nodes.map((node) => [
      members.isMatch(node),
      members.has(node),
      members.childCount(node),
      members.bytesOf(node),
    ]),
  ];
}

/** Files that every image has and no layer touches again, so that layers are near each other. */
const STILL = Array.from({ length: 200 }, (_, index) => file(`still/${index % 9}/${index}`, 'x'));

describe('all that the file system shows under a layer', () => {
  it('is the same, whatever layer was asked for before', () => {
    fc.assert(
      fc.property(randomImage, fc.array(fc.nat(), { maxLength: 12 }), ({ layers }, tour) => {
        const all = [STILL, ...layers];
        const toured = analysisOf(...all);
        for (const stop of tour) {
          const layer = stop % all.length;
          expect(told(toured, layer)).toEqual(told(analysisOf(...all), layer));
        }
      }),
      { numRuns: 100 },
    );
  });

  it('is its asker’s own', () => {
    const { stack, tables } = analysisOf(STILL);
    const mine = wholeAt(stack, tables, 0);
    mine.weigh(0, 1000);
    expect(wholeAt(stack, tables, 0).bytesOf(0)).toBe(STILL.length);
  });

  it('is reckoned anew when another layer has brought paths', () => {
    const analysis = analysisOf(STILL);
    told(analysis, 0);
    analysis.addLayer(layerOf(analysis.tables, [whiteout('still/1'), file('b', 'xyz'), hardlink('c', 'b')]));
    const members = wholeAt(analysis.stack, analysis.tables, 1);
    expect(members.has(nodeOf(analysis, 'still/1'))).toBe(false);
    expect(members.bytesOf(nodeOf(analysis, 'b'))).toBe(3);
    expect(members.bytesOf(nodeOf(analysis, 'c'))).toBe(0);
  });
});
