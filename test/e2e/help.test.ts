import { describe, expect, it } from 'vitest';
import { expectGolden } from '../harness/golden.ts';
import { keyLabel } from '../../src/ui/key-names.ts';
import { KEYMAP } from '../../src/ui/keymap.ts';
import { openSample, sizes } from './sample.ts';

describe.each(sizes)('the help at $columns x $rows', (size) => {
  it('shows every key of the keymap, and the same key leads back', async () => {
    await using peel = await openSample(size);
    const before = peel.screen.text();
    await peel.step('?');
    await expectGolden(peel.screen, 'help');
    let seen = peel.screen.text();
    // The keys come first, the signs last.
    while (!seen.includes('a later layer overwrites it')) {
      await peel.step('pagedown');
      seen += peel.screen.text();
    }
    for (const { keys } of KEYMAP.flatMap(({ bindings }) => bindings)) {
      expect(seen).toContain(` ${keys.map(keyLabel).join(' ')} `);
    }
    peel.press('?');
    await peel.screen.becomes(before);
  });

  it('is left with Esc', async () => {
    await using peel = await openSample(size);
    const before = peel.screen.text();
    await peel.step('?', 'escape');
    await peel.screen.becomes(before);
  });
});
