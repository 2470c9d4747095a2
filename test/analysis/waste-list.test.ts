/** Hidden copies in the order in which a list shows them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Analysis } from '../../src/analysis/analysis.ts';
import { WasteList } from '../../src/analysis/waste-list.ts';
import { file, whiteout } from '../harness/archive.ts';
import { randomImage } from '../harness/random-image.ts';
import { analysisOf, pathOf } from '../harness/tree.ts';

const shownBy = (analysis: Analysis, list = new WasteList(analysis)) =>
  list.slice(0, list.length).map(({ layer, node, bytes }) => `${layer}:/${pathOf(analysis, node)} ${bytes}`);

describe('the list of hidden copies', () => {
  it('has most bytes first, then the lowest layer, then paths as the tree has them; none without bytes', () => {
    const names = ['d/f10', 'd/f2', 'd/f19/x', 'c', 'empty'];
    const analysis = analysisOf(
      [...names.map((name) => file(name, name === 'empty' ? '' : 'xx')), file('large', 'xxxxx')],
      [file('b', 'xx')],
      [...names, 'large', 'b'].map((name) => whiteout(name)),
    );
    expect(shownBy(analysis)).toEqual([
      '0:/large 5',
      '0:/c 2',
      '0:/d/f2 2',
      '0:/d/f10 2',
      '0:/d/f19/x 2',
      '1:/b 2',
    ]);
  });

  it('says of no place beyond its ends, and of no copy that it does not have, that there is something', () => {
    const analysis = analysisOf(
      [file('a', 'xx'), file('b', '')],
      [whiteout('a'), whiteout('b'), file('c', 'x')],
    );
    const list = new WasteList(analysis);
    expect([list.at(-1), list.at(1), list.slice(1, 5)]).toEqual([null, null, []]);
    const copies = Array.from({ length: analysis.stack.entries.count }, (_, entry) => list.placeOf(entry));
    expect(copies.filter((place) => place !== -1)).toEqual([0]);
  });

  it('is the same wherever it is looked at first, every copy at one place', () => {
    fc.assert(
      fc.property(randomImage, fc.nat(), ({ layers }, first) => {
        const analysis = analysisOf(...layers);
        const whole = shownBy(analysis);
        const list = new WasteList(analysis);
        const wasted = analysis.ledger.rows.filter(({ bytes }) => bytes > 0);
        expect(list.length).toBe(wasted.length);
        if (list.length > 0) list.at(first % list.length);
        const places = wasted.map(({ copy }) => list.placeOf(copy));
        expect(places.toSorted((a, b) => a - b)).toEqual(wasted.map((_, place) => place));
        wasted.forEach((row, index) => expect(list.at(places[index] ?? -1)).toEqual(row));
        expect(shownBy(analysis, list)).toEqual(whole);
      }),
      { numRuns: 300 },
    );
  });
});
