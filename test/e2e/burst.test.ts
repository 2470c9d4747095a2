import { describe, expect, it } from 'vitest';
import { openPeel } from '../harness/terminal.ts';
import { openSample, sizes } from './sample.ts';

/** A walk through most of the explorer; each key changes the screen. */
const walk = [
  'j',
  'j',
  'j',
  'down',
  'tab',
  'j',
  'j',
  'right',
  'l',
  'k',
  't',
  's',
  'G',
  'up',
  'w',
  'j',
  'down',
  'enter',
  'h',
];

describe.each(sizes)('keys at $columns x $rows', (size) => {
  it('that come in one burst end on the screen to which the same keys lead one by one', async () => {
    await using slow = await openSample(size);
    await slow.step(...walk);
    await using fast = await openSample(size);
    fast.press(...walk);
    await fast.screen.becomes(slow.screen.text());
    expect(fast.screen.styles()).toEqual(slow.screen.styles());
  });

  it('that are typed before the screen stands are taken, and leave no trace on it', async () => {
    await using slow = await openSample(size);
    await slow.step('J', 'J', 'tab');
    await using early = openPeel(['--sample'], size);
    early.press('J', 'J', 'tab');
    await early.screen.becomes(slow.screen.text());
    expect(early.screen.styles()).toEqual(slow.screen.styles());
  });
});
