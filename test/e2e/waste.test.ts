import { describe, expect, it } from 'vitest';
import { expectGolden } from '../harness/golden.ts';
import { focused, openSample, rowsOf, sizes } from './sample.ts';

describe.each(sizes)('the waste list at $columns x $rows', (size) => {
  it('opens with w, most bytes first', async () => {
    await using peel = await openSample(size);
    await peel.step('w');
    expect(focused(peel.screen)).toContain('Waste');
    expect(peel.screen.text()).toContain('Waste  2.3 MB 48.1 %');
    await peel.screen.selects(/480\.0 kB +0 .*Packages/);
    const bytes = rowsOf(peel.screen, 'Waste')
      .slice(1)
      .map((row) => /([\d.]+) (k?B)/.exec(row))
      .map((match) => Number(match?.[1]) * (match?.[2] === 'kB' ? 1000 : 1));
    expect(bytes.length).toBeGreaterThan(4);
    expect(bytes).toEqual([...bytes].sort((a, b) => b - a));
    await expectGolden(peel.screen, 'waste');
  });

  it('sorts what has equally many bytes as people count', async () => {
    await using peel = await openSample(size);
    await peel.step('w');
    peel.type('j'.repeat(9));
    await peel.screen.selects('/app/data/f3 ');
  });

  it('leads with Enter to the file, in the layer that stores it, though it was folded, filtered and left out', async () => {
    await using peel = await openSample(size);
    await peel.step('-', '/');
    peel.type('motd');
    await peel.screen.shows('/motd');
    await peel.step('enter', 'a', 't', 'w', 'j', 'j');
    await peel.screen.selects('babel.json');
    await peel.step('enter');
    expect(focused(peel.screen)).toContain('Files  changes of layer 3');
    await peel.screen.selects(/babel\.json .*✗ deleted in 6/);
    await expectGolden(peel.screen, 'jumped-from-waste');
  });

  it('goes to the end of the list, and Esc leads back to the layers', async () => {
    await using peel = await openSample(size);
    await peel.step('w', 'G');
    await peel.screen.shows('53 of 53');
    await peel.step('escape');
    expect(focused(peel.screen)).toBe('Layers');
  });
});
