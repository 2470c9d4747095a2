import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CacheFolder } from '../../src/cache/cache-folder.ts';
import { ImageCache } from '../../src/cache/image-cache.ts';
import { LateSource } from '../../src/cli/late-source.ts';
import { KeptLoading } from '../../src/cli/load-kept.ts';
import type { LoadEvent } from '../../src/cli/load-image.ts';
import { readTheRest } from '../../src/cli/read-the-rest.ts';
import type { ImageSource } from '../../src/image/source.ts';
import { type Report, reportOf } from '../../src/report/report.ts';
import { archiveFile, ArchiveSource } from '../../src/sources/archive.ts';
import { configFor, layerTar, savedAs, member, sha256 } from '../harness/saved.ts';
import { rawTar } from '../harness/raw-tar.ts';

let root: string;
let file: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'peel-kept-'));
  file = join(root, 'image.tar');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** Two layers; `b` of both has the same size, and so has `d`. */
function archive(text: string): Buffer {
  const layers = [
    layerTar(member('a', 'one'), member('b', 'two!'), member('c/d', 'two!')),
    layerTar(member('b', text), member('e', 'else')),
  ];
  const config = configFor(...layers);
  return rawTar(
    ...layers.map((layer) => member(`blobs/sha256/${sha256(layer)}`, layer)),
    member(`blobs/sha256/${sha256(config)}`, config),
    savedAs({
      config: `blobs/sha256/${sha256(config)}`,
      tags: ['a:1'],
      layers: layers.map((layer) => `blobs/sha256/${sha256(layer)}`),
    }),
  );
}

/** A source that tells how often it was read to its end. */
class Watched extends ArchiveSource {
  ended = 0;
  override async index(...asked: Parameters<ImageSource['index']>): Promise<void> {
    await super.index(...asked);
    this.ended++;
  }
}

interface Opened {
  readonly source: LateSource;
  readonly watched: Watched;
  readonly report: Report;
  readonly events: LoadEvent['type'][];
}

/** Opens the file as a screen does, or for a report. */
async function open(wantsChecksums: boolean): Promise<Opened> {
  const { signal } = new AbortController();
  const watched = new Watched(await archiveFile(file));
  const source = new LateSource(watched);
  const loading = new KeptLoading(source, new ImageCache(new CacheFolder(join(root, 'cache'), 1e9)));
  const events: LoadEvent['type'][] = [];
  const read = await loading.load((event) => events.push(event.type), signal, wantsChecksums);
  const loaded = wantsChecksums ? await readTheRest(source, read, false, signal) : read;
  await loading.keep(loaded);
  return { source, watched, report: reportOf(loaded, true), events };
}

describe('an image that is opened again', () => {
  it('is not read, and its report is the same', async () => {
    writeFileSync(file, archive('2two'));
    const first = await open(true);
    const second = await open(true);
    expect(first.watched.ended).toBe(1);
    expect(second.watched.ended).toBe(0);
    expect(second.report).toEqual(first.report);
    expect(second.events.filter((type) => type === 'layer')).toHaveLength(1);
    expect(first.events).not.toContain('kept');
    // From there on nothing tells how much has been read of the source: that would be taken for an estimate.
    expect(second.events.slice(second.events.indexOf('kept'))).toEqual(['kept', 'layer']);
  });

  it('is read when its file has been written to, and that is kept in turn', async () => {
    writeFileSync(file, archive('2two'));
    await open(true);
    writeFileSync(file, archive('2 2!'));
    expect((await open(true)).watched.ended).toBe(1);
    expect((await open(true)).watched.ended).toBe(0);
  });

  it('is read when another file has come to its place', async () => {
    writeFileSync(file, archive('2two'));
    await open(true);
    writeFileSync(join(root, 'other'), archive('2two'));
    renameSync(join(root, 'other'), file);
    expect((await open(true)).watched.ended).toBe(1);
  });

  it('is read for a report where a screen had no need of all that it tells', async () => {
    writeFileSync(file, archive('2two'));
    const alone = await open(true);
    rmSync(join(root, 'cache'), { recursive: true });
    await open(false);
    expect((await open(false)).watched.ended).toBe(0);
    const report = await open(true);
    expect(report.watched.ended).toBe(1);
    expect(report.report).toEqual(alone.report);
    expect((await open(true)).watched.ended).toBe(0);
  });

  it('has its files read when somebody looks into one', async () => {
    writeFileSync(file, archive('2two'));
    await open(true);
    const { source, watched } = await open(true);
    const { signal } = new AbortController();
    const texts: string[] = [];
    const requests = [contentRequestOf(1, 0, 'b', 4)];
    await source.content(
      requests,
      () => ({
        write: (piece) => texts.push(Buffer.from(piece).toString()) > 0,
        drained: () => Promise.resolve(),
        end: () => Promise.resolve(),
      }),
      signal,
    );
    expect(texts.join('')).toBe('2two');
    expect(watched.ended).toBe(1);
  });
});

const contentRequestOf = (layer: number, entry: number, path: string, size: number) => ({
  layer,
  entry,
  path,
  size,
});
