/** The hidden copies put together by what they have in common. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Analysis } from '../../src/analysis/analysis.ts';
import type { LedgerRow } from '../../src/analysis/ledger.ts';
import { type Grouping, GROUPINGS, NO_GROUP, WasteGroups } from '../../src/analysis/waste-groups.ts';
import { whyText } from '../../src/analysis/waste-words.ts';
import { file, whiteout } from '../harness/archive.ts';
import { randomImage } from '../harness/random-image.ts';
import { analysisOf, type Layers, pathOf } from '../harness/tree.ts';

const hiddenRows = ({ ledger }: Analysis): LedgerRow[] =>
  ledger.rows.filter(({ bytes }) => bytes > 0).sort((a, b) => b.bytes - a.bytes);

const groupsOf = (analysis: Analysis, grouping: Grouping): WasteGroups => new WasteGroups(grouping, analysis);

const all = (groups: WasteGroups) => Array.from({ length: groups.length }, (_, index) => groups.at(index));

const copiesOf = (groups: WasteGroups, index: number): LedgerRow[] =>
  Array.from({ length: groups.copies(index) }, (_, copy) => groups.copy(index, copy));

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

const bytes = (count: number, letter = 'x'): string => letter.repeat(count);

/** Layer 2 deletes, 3 gives to another owner, 4 overwrites and deletes. */
const SHOP: Layers = [
  [file('var/lists/a', bytes(500)), file('etc/conf', bytes(30)), file('usr/lib/x', bytes(100))],
  [file('var/lists/b', bytes(300)), file('app/f1', bytes(40)), file('app/f2', bytes(41))],
  [whiteout('var/lists/a'), whiteout('var/lists/b')],
  [file('app/f1', bytes(40), { uid: 7 }), file('app/f2', bytes(41), { uid: 7, mode: 0o600 })],
  [file('etc/conf', bytes(31)), whiteout('app/f1'), file('usr/lib/x', bytes(100, 'y'))],
];
const shop = analysisOf(...SHOP);

/** Each group as one line: what it shares, its bytes, its copies, why. */
function lines(grouping: Grouping): string[] {
  const groups = groupsOf(shop, grouping);
  return all(groups).map(({ key, bytes: sumOfBytes, copies, isRest }, index) => {
    const name = grouping === 'path' || grouping === 'directory' ? `/${pathOf(shop, key)}` : String(key);
    return `${name}${isRest ? ' (rest)' : ''} | ${sumOfBytes} | ${copies} | ${whyText(shop, groups, index)}`;
  });
}

describe('waste by cause', () => {
  it('is one group for each layer that hides, with what it does to whose files', () => {
    expect(lines('cause')).toEqual([
      '2 | 800 | 2 | deletes 2 files of 0 and 1: their bytes stay below',
      '4 | 170 | 3 | overwrites 2, deletes 1 of the files of 0 and 3',
      '3 | 81 | 2 | repeats 2 files of 1: only the mode and owner differ',
    ]);
  });
});

describe('waste by path', () => {
  it('puts the copies of a path in all layers together', () => {
    expect(lines('path')).toEqual([
      '/var/lists/a | 500 | 1 | deleted in 2',
      '/var/lists/b | 300 | 1 | deleted in 2',
      '/usr/lib/x | 100 | 1 | overwritten in 4',
      '/app/f1 | 80 | 2 | of 1 repeated in 3, of 3 deleted in 4',
      '/app/f2 | 41 | 1 | repeated in 3',
      '/etc/conf | 30 | 1 | overwritten in 4',
    ]);
  });
});

describe('waste by directory', () => {
  it('is one group for each directory that holds much of it', () => {
    expect(lines('directory')).toEqual([
      '/var/lists | 800 | 2 | deleted in 2',
      '/app | 121 | 3 | repeated in 3, deleted in 4',
      '/usr/lib | 100 | 1 | overwritten in 4',
      '/etc | 30 | 1 | overwritten in 4',
    ]);
  });

  it('leaves what is little to the directory above, which then is the rest of itself', () => {
    const small = Array.from({ length: 30 }, (_, index) => file(`lib/d${index}/f`, 'xx'));
    const deleted = Array.from({ length: 30 }, (_, index) => whiteout(`lib/d${index}/f`));
    const image = analysisOf(
      [...small, file('lib/big/f', bytes(900)), file('tiny/f', 'x')],
      [...deleted, whiteout('lib/big/f'), whiteout('tiny/f')],
    );
    const groups = groupsOf(image, 'directory');
    expect(all(groups).map(({ key, bytes: held, isRest }) => [pathOf(image, key), held, isRest])).toEqual([
      ['lib/big', 900, false],
      ['lib', 60, true],
      ['', 1, true],
    ]);
  });
});

describe('waste by fate', () => {
  it('is one group for each of the three', () => {
    expect(lines('fate')).toEqual([
      '3 | 840 | 3 | deleted in 2 and 4: the bytes stay below',
      '1 | 130 | 2 | overwritten in 4: the bytes before stay below',
      '2 | 81 | 2 | repeated in 3: the same bytes are stored again',
    ]);
  });
});

describe('a group', () => {
  const byCause = groupsOf(shop, 'cause');

  it('is found by what its copies share', () => {
    expect([2, 4, 3].map((layer) => byCause.indexOf(layer))).toEqual([0, 1, 2]);
    expect([0, 1, 5, NO_GROUP].map((layer) => byCause.indexOf(layer))).toEqual(Array(4).fill(NO_GROUP));
  });

  it('has its copies with the most bytes first, each found by itself', () => {
    const copies = copiesOf(byCause, 1);
    expect(copies.map(({ node }) => pathOf(shop, node))).toEqual(['usr/lib/x', 'app/f1', 'etc/conf']);
    expect(copies.map(({ copy }) => byCause.indexOfCopy(1, copy))).toEqual([0, 1, 2]);
    expect(byCause.indexOfCopy(0, copies[0]?.copy ?? -1)).toBe(-1);
  });

  it('names a layer that hides bytes of its own as itself, and not more layers than can be read', () => {
    const twice = analysisOf([file('a', 'old'), file('a', 'newer')]);
    expect(whyText(twice, groupsOf(twice, 'cause'), 0)).toBe('overwrites 1 file of itself');
    const many = Array.from({ length: 9 }, (_, index) => [file(`f${index}`, 'x')]);
    const image = analysisOf(
      ...many,
      Array.from({ length: 9 }, (_, index) => whiteout(`f${index}`)),
    );
    expect(whyText(image, groupsOf(image, 'cause'), 0)).toBe(
      'deletes 9 files of 0, 1, 2, 3, 4 and 4 more: their bytes stay below',
    );
  });
});

describe('the groups of a random image', () => {
  it('add up to what is reclaimable, whatever they are grouped by, and have every copy once', () => {
    fc.assert(
      fc.property(randomImage, fc.constantFrom(...GROUPINGS), ({ layers }, grouping) => {
        const analysis = analysisOf(...layers);
        const groups = groupsOf(analysis, grouping);
        expect(sum(all(groups).map((group) => group.bytes))).toBe(analysis.ledger.reclaimable);
        const copies = all(groups).flatMap((_, index) => copiesOf(groups, index));
        expect(new Set(copies)).toEqual(new Set(hiddenRows(analysis)));
        expect(copies).toHaveLength(hiddenRows(analysis).length);
        all(groups).forEach((group, index) => {
          const own = copiesOf(groups, index);
          expect(groups.indexOf(group.key)).toBe(index);
          expect(sum(own.map((copy) => copy.bytes))).toBe(group.bytes);
          expect(sum(group.pairs.map((pair) => pair.bytes))).toBe(group.bytes);
          expect(sum(group.pairs.map((pair) => pair.copies))).toBe(group.copies);
          expect(group.copies).toBe(own.length);
          expect(whyText(analysis, groups, index)).not.toBe('');
        });
        const held = all(groups).map((group) => group.bytes);
        expect(held).toEqual(held.toSorted((a, b) => b - a));
      }),
      { numRuns: 300 },
    );
  });

  it('are what the ledger says of each layer, by cause, and of each fate', () => {
    fc.assert(
      fc.property(randomImage, ({ layers }) => {
        const analysis = analysisOf(...layers);
        const { hidden } = analysis.ledger;
        const byCause = groupsOf(analysis, 'cause');
        for (let layer = 0; layer < layers.length; layer++) {
          const { overwritten, repeated, deleted } = analysis.ledger.hiddenBy(layer);
          const group = byCause.indexOf(layer);
          expect(group === NO_GROUP ? 0 : byCause.bytes(group)).toBe(overwritten + repeated + deleted);
        }
        const byFate = groupsOf(analysis, 'fate');
        const ofFate = (fate: number) =>
          byFate.indexOf(fate) === NO_GROUP ? 0 : byFate.bytes(byFate.indexOf(fate));
        expect([1, 2, 3].map(ofFate)).toEqual([hidden.overwritten, hidden.repeated, hidden.deleted]);
      }),
      { numRuns: 200 },
    );
  });

  it('are below their directories', () => {
    fc.assert(
      fc.property(randomImage, ({ layers }) => {
        const analysis = analysisOf(...layers);
        const groups = groupsOf(analysis, 'directory');
        all(groups).forEach(({ key }, index) => {
          const directory = pathOf(analysis, key);
          for (const { node } of copiesOf(groups, index))
            expect(`/${pathOf(analysis, node)}`.startsWith(directory === '' ? '/' : `/${directory}/`)).toBe(
              true,
            );
        });
      }),
      { numRuns: 200 },
    );
  });

  it('need no image that wastes anything', () => {
    const clean = analysisOf([file('a', 'x')]);
    for (const grouping of GROUPINGS) expect(groupsOf(clean, grouping).length).toBe(0);
  });
});
