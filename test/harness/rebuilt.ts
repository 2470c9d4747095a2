/** An image is built, opened, built again with a line more, and opened again. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { reportOf } from '../../src/report/report.ts';
import { Daemon } from '../../src/sources/docker/daemon.ts';
import { unixEndpoint } from '../../src/sources/docker/hosts.ts';
import { StoreSource } from '../../src/sources/store/store-source.ts';
import { digestsOf, everyRequest } from './contents.ts';
import type { ImageBuilder } from './image-builder.ts';
import { everyEntry, openKept, withItsSecret } from './kept.ts';
import { emptyDirectory } from './layouts.ts';
import { streamedFiles } from './opened-files.ts';
import { NOBODY } from './store-and-export.ts';

const CONTEXT = ['one', 'two', 'new'].map((name) => ({ name, content: `${name} `.repeat(2000) }));

/**
 * Wants the daemon's own files of new layers read, and of no others, and all that reading everything tells.
 * @param from what FROM says.
 */
export async function expectOnlyNewRead(host: string, builder: ImageBuilder, from: string): Promise<void> {
  const daemon = new Daemon(unixEndpoint(host.slice('unix://'.length)));
  const folder = join(emptyDirectory(), 'images');
  const opened = streamedFiles();
  const build = async (...copied: readonly string[]) => {
    const lines = copied.map((name) => `COPY ${name} /copied/${name}`);
    const reference = await builder.build('rebuilt', [`FROM ${from}`, ...lines, ''].join('\n'), CONTEXT);
    return () => new StoreSource(daemon, reference, NOBODY, { isForced: true });
  };
  const open = async (source: StoreSource, kept = folder) => {
    const before = opened.length;
    const { loaded, source: late } = await openKept(source, kept);
    return { loaded, late, files: opened.length - before };
  };

  const first = await open((await build('one', 'two'))());
  const source = await build('one', 'two', 'new');
  const second = await open(source());
  const before = new Set(first.loaded.image.layers.map(({ diffId }) => diffId));
  const after = second.loaded.image.layers.map(({ diffId }) => diffId);
  const unknown = after.filter((diffId) => !before.has(diffId));
  expect(first.files).toBeGreaterThanOrEqual(before.size);
  expect(unknown.length).toBeGreaterThan(0);
  expect(unknown.length).toBeLessThan(after.length);
  expect(second.files).toBe(new Set(unknown).size);

  const alone = await open(source(), withItsSecret(folder));
  expect(everyEntry(second.loaded)).toEqual(everyEntry(alone.loaded));
  const whole = reportOf(alone.loaded, true);
  expect(JSON.stringify(reportOf(second.loaded, true))).toBe(JSON.stringify(whole));
  const requests = everyRequest(second.loaded.analysis);
  expect(await digestsOf(second.late, requests)).toEqual(await digestsOf(alone.late, requests));

  const again = await open(source());
  expect(again.files).toBe(0);
  rmSync(folder, { recursive: true });
  const cleared = await open(source());
  expect(cleared.files).toBe(alone.files);
  for (const { loaded } of [again, cleared]) expect(reportOf(loaded, true)).toEqual(whole);
}
