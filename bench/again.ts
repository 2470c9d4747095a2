// What is spared where an image need not be exported, or not be read at all: from the daemon's own files, and from what was
// kept of it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BenchArchive } from './archives.ts';
import type { Analysing } from './contestants.ts';
import { spreadOf } from './measure.ts';
import { span } from './words.ts';

const ROUNDS = 5;

/** Rows of a table: the image by the daemon's files against its export, and each archive kept against read. */
export async function againLines(
  analysis: Analysing,
  host: string,
  image: string,
  archives: readonly BenchArchive[],
): Promise<string[]> {
  const DOCKER_HOST = host;
  const lines = [
    await row(
      'the image of the daemon: its files against its export',
      () => analysis.takeIn({ DOCKER_HOST }, '--no-cache', '--source', 'store', image),
      () => analysis.takeIn({ DOCKER_HOST }, '--no-cache', '--source', 'export', image),
    ),
  ];
  for (const { what, path } of archives) {
    const XDG_CACHE_HOME = mkdtempSync(join(tmpdir(), 'peel-bench-'));
    try {
      await analysis.takeIn({ XDG_CACHE_HOME }, path);
      const kept = () => analysis.takeIn({ XDG_CACHE_HOME }, path);
      lines.push(await row(`${what}: kept against read`, kept, () => analysis.take('--no-cache', path)));
    } finally {
      rmSync(XDG_CACHE_HOME, { recursive: true, force: true });
    }
  }
  return ['| | seconds | instead of | ratio: median (least – most) |', '| --- | --- | --- | --- |', ...lines];
}

type Measured = Awaited<ReturnType<Analysing['take']>>;

async function row(
  what: string,
  short: () => Promise<Measured>,
  long: () => Promise<Measured>,
): Promise<string> {
  const pairs: [number, number][] = [];
  for (let round = 0; round < ROUNDS; round++) pairs.push([(await short()).seconds, (await long()).seconds]);
  const seconds = (which: 0 | 1) => span(spreadOf(pairs.map((pair) => pair[which])), 2);
  const ratio = span(spreadOf(pairs.map(([mine, other]) => mine / other)), 3);
  return `| ${what} | ${seconds(0)} | ${seconds(1)} | ${ratio} |`;
}
