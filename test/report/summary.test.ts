/** An image in plain text. */
import { describe, expect, it } from 'vitest';
import { summaryOf } from '../../src/report/summary.ts';
import { file } from '../harness/archive.ts';
import { factsFor, UNSEEN_BLOB } from '../harness/explorer.ts';
import { BASE, loadMembers, member, old, TOP } from '../harness/saved.ts';
import { analysisOf, type Layers } from '../harness/tree.ts';

const summary = (...layers: Layers): string[] => {
  const image = factsFor(layers.length);
  const blobs = layers.map(() => UNSEEN_BLOB);
  return summaryOf({ image, analysis: analysisOf(...layers), blobs }).split('\n');
};

describe('the digests of the layers', () => {
  it('are told of where they have been verified', async () => {
    const lines = summaryOf(await loadMembers(...old([BASE, TOP]))).split('\n');
    expect(lines).toContain('digests: 2 of 2 layers verified');
    expect(lines.filter((line) => line.includes('!'))).toEqual([]);
  });

  it('mark the layer that has others, and say in one line which should be there', async () => {
    const members = old([BASE, TOP]);
    const tampered = members.map((each, index) => (index === 1 ? member(each.name, BASE) : each));
    const lines = summaryOf(await loadMembers(...tampered)).split('\n');
    expect(lines.filter((line) => line.includes('RUN step'))).toEqual([
      expect.stringMatching(/^ {2}0 .*RUN step 0$/) as string,
      expect.stringMatching(/^ {2}1! .*RUN step 1$/) as string,
    ]);
    expect(lines.filter((line) => line.startsWith('digests'))).toEqual([
      expect.stringMatching(
        /^digests: 1 of 2 layers is not what the digests say; layer 1: its diff ID should be sha256:\w{64}, but is /,
      ) as string,
    ]);
  });

  it('are not told of where nobody has looked', () => {
    expect(summary([file('a', 'x')]).join('\n')).not.toContain('digests');
  });
});

describe('duplicates', () => {
  it('are the files that are equal, with what linking them would save, most first', () => {
    const equal = ['a', 'b', 'c', 'd'].map((name) => file(name, 'x'.repeat(1000)));
    const lines = summary([...equal, file('e', 'y'.repeat(500)), file('f', 'y'.repeat(500))]);
    const first = lines.findIndex((line) => line.startsWith('duplicates'));
    expect(lines.slice(first, first + 4).map((line) => line.trim())).toEqual([
      'duplicates: hard links in place of equal files would save 3.5 kB',
      '3.0 kB  4 times 1.0 kB: /a, /b, /c, and 1 more',
      '500 B  2 times 500 B: /e, /f',
      '',
    ]);
  });

  it('are no more than a few', () => {
    const pairs = Array.from({ length: 7 }, (_, n) => [file(`a${n}`, `${n}`), file(`b${n}`, `${n}`)]).flat();
    expect(summary(pairs).filter((line) => line.includes(' times '))).toHaveLength(5);
    expect(summary(pairs).join('\n')).toContain('and 2 more');
  });

  it('are not told of where there are none', () => {
    expect(summary([file('a', 'x')]).join('\n')).not.toContain('duplicates');
  });
});

it('one hidden copy is one copy', () => {
  expect(summary([file('a', 'x')], [file('a', 'y')])).toContain('wasted: 1 B in 1 copy');
});
