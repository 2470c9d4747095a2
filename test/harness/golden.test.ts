import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { expectGolden } from './golden.ts';
import { Screen } from './screen.ts';

describe('golden screens', () => {
  let folder: string;
  let screen: Screen;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'peel-golden-'));
    screen = new Screen(20, 3);
    await screen.draw('one\r\n\x1b[32mtwo\x1b[0m \x1b[1;31mthree\x1b[0m   ');
  });

  const written = (name: string) => readFileSync(join(folder, name), 'utf8').split('\n');

  afterEach(() => {
    screen.dispose();
    rmSync(folder, { recursive: true });
  });

  it('are written on request, right-trimmed', async () => {
    await expectGolden(screen, 'numbers', { folder, rewrite: true });
    expect(written('numbers.20x3.txt')).toEqual(['one', 'two three', '', '']);
    await expectGolden(screen, 'numbers', { folder, rewrite: false });
  });

  it('have a file of their own for the styles of each look', async () => {
    await expectGolden(screen, 'numbers', { folder, look: 'colour', rewrite: true });
    expect(written('numbers.20x3.colour.txt')).toEqual([
      '',
      'ggg.00000',
      '',
      '',
      '. plain',
      'g green',
      '0 bold red',
      '',
    ]);
    await expectGolden(screen, 'numbers', { folder, look: 'colour', rewrite: false });
    await screen.draw('\x1b[1;1H\x1b[31mone');
    await expect(
      expectGolden(screen, 'numbers', { folder, look: 'colour', rewrite: false, bound: 10 }),
    ).rejects.toThrow('numbers.20x3.colour.txt');
  });

  it('have a stand-in for what is another in each run', async () => {
    const change = { from: 'three', to: 'other' };
    await expectGolden(screen, 'numbers', { folder, change, rewrite: true });
    expect(written('numbers.20x3.txt')).toEqual(['one', 'two other', '', '']);
    await expectGolden(screen, 'numbers', { folder, change, rewrite: false });
  });

  it('are waited for: the last frame may still be on its way', async () => {
    await expectGolden(screen, 'numbers', { folder, rewrite: true });
    await screen.draw('\r\n\x1b[2Kmore');
    const equal = expectGolden(screen, 'numbers', { folder, rewrite: false });
    await screen.draw('\r\x1b[2K');
    await equal;
  });

  it('fail with the lines that differ', async () => {
    await expectGolden(screen, 'numbers', { folder, rewrite: true });
    await screen.draw('\r\n\x1b[2Kmore');
    await expect(expectGolden(screen, 'numbers', { folder, rewrite: false, bound: 10 })).rejects.toThrow(
      /is not what the screen shows \(\+\):\n +3 - \n +3 \+ more$/,
    );
  });

  it('fail when there is none, and say how one is made', async () => {
    await expect(expectGolden(screen, 'nothing', { folder, rewrite: false })).rejects.toThrow(
      'PEEL_WRITE_SNAPSHOTS=1',
    );
  });
});
