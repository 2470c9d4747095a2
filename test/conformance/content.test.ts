// The content of every file that an image stores, from every kind of source: the same bytes, which are those that were put in.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { loadImage } from '../../src/cli/load-image.ts';
import type { ImageSource } from '../../src/image/source.ts';
import { ArchiveSource, archiveFile } from '../../src/sources/archive.ts';
import { LayoutSource } from '../../src/sources/layout.ts';
import { dockerArchive, type ImageDescription } from '../harness/archive.ts';
import { contentsOf, everyRequest } from '../harness/contents.ts';
import { emptyDirectory } from '../harness/layouts.ts';
import { randomImage } from '../harness/random-image.ts';

const { signal } = new AbortController();

const inMemory = (bytes: Uint8Array) =>
  new ArchiveSource({ name: 'archive', total: null, open: () => Readable.from([bytes]) });

/** Payloads of all regular files, base first, whiteouts left out. */
const storedIn = ({ layers }: ImageDescription): string[] =>
  layers
    .flat()
    .filter(({ name, type }) => type === 'file' && !/(?:^|\/)\.wh\.[^/]*$/.test(name))
    .map(({ content }) => content);

async function contentsIn(source: ImageSource): Promise<string[]> {
  const { analysis } = await loadImage(source, () => undefined, signal);
  const contents = await contentsOf(source, everyRequest(analysis));
  return contents.map((content) => content.toString('latin1'));
}

it('is what was put in, from archives old and new, plain and packed', { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(
      randomImage,
      fc.constantFrom('today', 'yesterday'),
      fc.constantFrom('plain', 'gzip'),
      async (image, layout, layers) => {
        fc.pre(storedIn(image).length > 0);
        const archive = await dockerArchive(image, { layout, layers });
        const stored = storedIn(image);
        expect(await contentsIn(inMemory(archive))).toEqual(stored);
        expect(await contentsIn(inMemory(zstdCompressSync(archive)))).toEqual(stored);
      },
    ),
    { numRuns: 60, seed: 20_261_121 },
  );
});

it('is the same from a file and a layout', { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(randomImage, fc.constantFrom('plain', 'gzip'), async (image, layers) => {
      fc.pre(storedIn(image).length > 0);
      const stored = storedIn(image);
      const path = emptyDirectory();
      const archive = await dockerArchive(image, { layout: 'today', layers });
      const file = join(path, 'image.tar.gz');
      writeFileSync(file, gzipSync(archive));
      execFileSync('tar', ['-xf', file, '-C', path]);
      expect(await contentsIn(new LayoutSource({ path, kind: 'oci' }))).toEqual(stored);
      expect(await contentsIn(new ArchiveSource(await archiveFile(file)))).toEqual(stored);
    }),
    { numRuns: 25, seed: 20_261_122 },
  );
});
