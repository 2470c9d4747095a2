import { describe, expect, it } from 'vitest';
import { parseArguments } from '../../src/cli/arguments.ts';
import { explore } from '../../src/cli/explore.ts';
import { DEFAULTS } from '../../src/config/settings.ts';
import { startShopDaemon } from '../harness/shop-archive.ts';

describe('a screen that breaks down', () => {
  it('leaves nothing under way: the daemon sees its client go', async () => {
    await using daemon = await startShopDaemon();
    const options = parseArguments(['--host', daemon.host, 'shop']);
    const shown = explore(
      options,
      { ...DEFAULTS, hints: false },
      {
        size: { columns: 80, rows: 24 },
        lend: () => Promise.reject(new Error('There is nothing to lend.')),
        pass: () => undefined,
        redraw: () => undefined,
        async show() {
          await daemon.sendUpTo(0.6);
          throw new Error('The screen broke down.');
        },
      },
    );
    await expect(shown).rejects.toThrow('The screen broke down.');
    await daemon.exportAborted;
  });
});
