/**
 * dive's own figures, on small images. Every number below is what dive 0.13.1 itself says of the archive that
 * `dockerArchive` writes of the layers above it:
 *
 *     dive --source docker-archive FILE --json OUT    (image.sizeBytes, .inefficientBytes, .efficiencyScore)
 *
 * userWastedPercent is dive's inefficientBytes over the bytes of all layers but the first; dive prints it, in
 * hundredths, with `CI=true dive --source docker-archive FILE`. It stands here as the quotient that dive divides.
 */
import { describe, expect, it } from 'vitest';
import { directory, dockerArchive, file, hardlink, opaque, symlink, whiteout } from '../harness/archive.ts';
import type { LayerEntry } from '../harness/archive.ts';
import { reportOfArchive } from '../harness/report.ts';

interface Example {
  readonly title: string;
  readonly layers: readonly (readonly LayerEntry[])[];
  readonly efficiency: number;
  readonly wasted: number;
  readonly userWasted: number | null;
}

const bytes = (count: number): string => 'a'.repeat(count);
/** What every example stands on, so that the layers above it are the user's. */
const base = [file('base', bytes(10_000))];
const d = directory('d');

const examples: readonly Example[] = [
  {
    title: 'wastes nothing where no path comes twice',
    layers: [base, [file('app', bytes(300)), d, file('d/x', bytes(50))]],
    efficiency: 1,
    wasted: 0,
    userWasted: 0 / 350,
  },
  {
    title: 'counts every copy of a path, the live one as well',
    layers: [base, [file('app', bytes(3000))], [file('app', bytes(3000), { mode: 0o755 })]],
    efficiency: 0.8125,
    wasted: 6000,
    userWasted: 6000 / 6000,
  },
  {
    title: 'measures efficiency by the smallest copy of a path',
    layers: [base, [file('app', bytes(3000))], [file('app', bytes(1000))], [file('app', bytes(2000))]],
    efficiency: 0.6875,
    wasted: 6000,
    userWasted: 6000 / 6000,
  },
  {
    title: 'counts a removed file once, the whiteout for nothing',
    layers: [base, [file('app', bytes(3000))], [whiteout('app')]],
    efficiency: 0.7692307692307693,
    wasted: 3000,
    userWasted: 3000 / 3000,
  },
  {
    title: 'misses a directory removed once, as its path never was a leaf before',
    layers: [base, [d, file('d/x', bytes(300)), file('d/e/y', bytes(40))], [whiteout('d')]],
    efficiency: 1,
    wasted: 0,
    userWasted: 0 / 340,
  },
  {
    title: 'counts a directory removed twice with all that it held, and its files again',
    layers: [
      base,
      [d, file('d/x', bytes(300))],
      [whiteout('d')],
      [d, file('d/x', bytes(500))],
      [whiteout('d'), file('n', 'n')],
    ],
    efficiency: 0.9138005344366865,
    wasted: 1600,
    userWasted: 1600 / 801,
  },
  {
    title: 'counts a directory that was empty once and is removed later',
    layers: [base, [d], [d, file('d/x', bytes(300))], [whiteout('d')]],
    efficiency: 0.9716981132075472,
    wasted: 300,
    userWasted: 300 / 300,
  },
  {
    title: 'takes a directory for none where a layer names only what is in it',
    layers: [base, [d], [file('d/x', bytes(300))], [whiteout('d')]],
    efficiency: 1,
    wasted: 0,
    userWasted: 0 / 300,
  },
  {
    title: 'does not know opaque directories',
    layers: [base, [file('d/x', bytes(300))], [d, opaque('d'), file('d/y', bytes(20))]],
    efficiency: 1,
    wasted: 0,
    userWasted: 0 / 320,
  },
  {
    title: 'still sees in a directory what an opaque whiteout has hidden',
    layers: [
      base,
      [d],
      [d, file('d/x', bytes(300))],
      [d, opaque('d'), file('d/y', bytes(20))],
      [whiteout('d')],
    ],
    efficiency: 0.9699248120300752,
    wasted: 320,
    userWasted: 320 / 320,
  },
  {
    title: 'counts a file in place of a directory only by its own path',
    layers: [base, [file('d/x', bytes(300))], [file('d', bytes(70))], [whiteout('d')]],
    efficiency: 0.9932497589199615,
    wasted: 70,
    userWasted: 70 / 370,
  },
  {
    title: 'keeps what was below a directory that became a file and a directory again',
    layers: [base, [d, file('d/x', bytes(300))], [file('d', bytes(70))], [d], [whiteout('d')]],
    efficiency: 0.9653233364573571,
    wasted: 370,
    userWasted: 370 / 370,
  },
  {
    title: 'does not count a directory in place of a file that has files of its own',
    layers: [base, [file('d', bytes(70))], [d, file('d/x', bytes(300))]],
    efficiency: 1,
    wasted: 0,
    userWasted: 0 / 370,
  },
  {
    title: 'counts a hard link for nothing',
    layers: [base, [file('x', bytes(300)), hardlink('y', 'x')], [file('y', bytes(300))]],
    efficiency: 0.9716981132075472,
    wasted: 300,
    userWasted: 300 / 600,
  },
  {
    title: 'sees only the last of a path that comes twice in one layer, but weighs both',
    layers: [base, [file('x', bytes(300)), file('x', bytes(200))], [file('x', bytes(100))]],
    efficiency: 0.9805825242718447,
    wasted: 300,
    userWasted: 300 / 600,
  },
  {
    title: 'counts a file three times that one layer removes and puts back',
    layers: [base, [file('x', bytes(300))], [whiteout('x'), file('x', bytes(300))]],
    efficiency: 0.9433962264150944,
    wasted: 600,
    userWasted: 600 / 600,
  },
  {
    title: 'counts a directory that one layer removes and puts back empty',
    layers: [base, [d, file('d/x', bytes(300))], [whiteout('d'), d]],
    efficiency: 0.9716981132075472,
    wasted: 300,
    userWasted: 300 / 300,
  },
  {
    title: 'counts a symlink for nothing',
    layers: [base, [file('x', bytes(300))], [symlink('x', 'base')]],
    efficiency: 0.970873786407767,
    wasted: 300,
    userWasted: 300 / 300,
  },
  {
    title: 'leaves the rest of a layer out after a whiteout with nothing below',
    layers: [
      base,
      [file('app', bytes(3000))],
      [whiteout('ghost'), file('app', bytes(1000)), file('zz', bytes(10))],
    ],
    efficiency: 0.9999230769230769,
    wasted: 0,
    userWasted: 0 / 4010,
  },
  {
    title: 'counts what stands before such a whiteout in the order of names',
    layers: [
      base,
      [file('app', bytes(3000)), file('q', bytes(500))],
      [directory('k'), whiteout('k/ghost'), file('app', bytes(1000)), file('q', bytes(10))],
    ],
    efficiency: 0.7930344827586207,
    wasted: 4000,
    userWasted: 4000 / 4510,
  },
  {
    title: 'has no user-wasted share of an image with one layer',
    layers: [[...base, file('x', bytes(5))]],
    efficiency: 1,
    wasted: 0,
    userWasted: null,
  },
  {
    title: 'has none either where the user added nothing but took away (dive prints +Inf)',
    layers: [base, [whiteout('base')]],
    efficiency: 0,
    wasted: 10_000,
    userWasted: null,
  },
  {
    title: 'calls an image without a byte efficient',
    layers: [[d], [directory('e')]],
    efficiency: 1,
    wasted: 0,
    userWasted: null,
  },
];

describe('dive', () => {
  it.each(examples)('$title', async ({ layers, efficiency, wasted, userWasted }) => {
    const archive = await dockerArchive({ layers }, { layout: 'today', layers: 'plain' });
    const { dive } = await reportOfArchive(archive);
    expect(dive).toEqual({ efficiency, wastedBytes: wasted, userWastedPercent: userWasted });
  });
});
