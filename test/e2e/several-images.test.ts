/** A place of two images, without a terminal: nobody can choose. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runPeel } from '../harness/built-peel.ts';
import { emptyDirectory, written } from '../harness/layouts.ts';
import { rawTar } from '../harness/raw-tar.ts';
import { twoImages } from '../harness/two-images.ts';

function archive(): string {
  const path = join(emptyDirectory(), 'two.tar');
  writeFileSync(path, rawTar(...twoImages));
  return path;
}

it.each([
  ['archive', archive],
  ['layout', () => written(twoImages)],
])('an %s of two images is an error that names them all', async (kind, place) => {
  const path = place();
  const { status, stderr } = await runPeel([path], { host: null });
  expect({ status, stderr }).toEqual({
    status: 2,
    stderr: `peel: ${path}: The ${kind} holds 2 images; choose one with --image: shop:1, tool:2.\n`,
  });
});
