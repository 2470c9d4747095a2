/** An archive of two images, opened in a terminal: which one is the first question. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runPeel } from '../harness/built-peel.ts';
import { emptyDirectory, indexOf, laidOut, tagged, written } from '../harness/layouts.ts';
import { rawTar } from '../harness/raw-tar.ts';
import { BASE, TOP } from '../harness/saved.ts';
import { openPeel } from '../harness/terminal.ts';
import { read } from './sample.ts';

const one = laidOut([BASE], { config: { created: '2026-01-01T00:00:00Z' } });
const two = laidOut([BASE, TOP], { config: { architecture: 's390x' } });
const members = [...one.members, ...two.members, ...indexOf(tagged(one, 'shop:1'), tagged(two, 'tool:2'))];

function archive(): string {
  const path = join(emptyDirectory(), 'two.tar');
  writeFileSync(path, rawTar(...members));
  return path;
}

describe.each([
  ['an archive', archive],
  ['a layout', () => written(members)],
])('%s of two images', (_, place) => {
  it('offers them, opens the one that is chosen, and the other one after it', async () => {
    await using peel = openPeel([place()], { columns: 120, rows: 40 });
    await peel.screen.shows(/▸ shop:1 .* 2026-01-01 00:00 +linux\/amd64/);
    await peel.screen.shows(/tool:2 .*linux\/s390x/);
    await peel.screen.shows('holds several images: choose one.');
    await peel.step('down', 'enter');
    await peel.screen.shows(/tool:2 .*2 layers/);
    await peel.screen.shows(read);
    await peel.step('1');
    await peel.screen.shows(/▸ tool:2/);
    await peel.step('up', 'enter');
    await peel.screen.shows(/shop:1 .*1 layer /);
    await peel.screen.shows(read);
    peel.press('q');
    expect(await peel.exit()).toMatchObject({ status: 0 });
  });

  it('is left with Esc', async () => {
    await using peel = openPeel([place()]);
    await peel.screen.shows('Esc leave');
    peel.press('escape');
    expect(await peel.exit()).toMatchObject({ status: 0 });
  });

  it('is an error without a terminal, which names them all', async () => {
    const { status, stderr } = await runPeel([place()], { host: null });
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: expect.stringMatching(
        /^peel: [^\n]*two\.tar: The archive holds 2 images; choose one with --image: shop:1, tool:2\.\n$|^peel: [^\n]*: The layout holds 2 images; choose one with --image: shop:1, tool:2\.\n$/,
      ) as string,
    });
  });
});
