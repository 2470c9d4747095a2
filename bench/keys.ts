// From a key to the last byte that it makes a program write, at 120 x 40. Each key is pressed when the program has answered the
// one before and is silent. And from the command to the screen: its layers, and the whole image.
import { createReadStream } from 'node:fs';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { BenchArchive } from './archives.ts';
import { type Explorer, explorers, GESTURES, type GestureName } from './explorers.ts';
import { type Spread, spreadOf } from './measure.ts';
import { TimedTerminal } from './timed-terminal.ts';

/** Loading that takes longer is given up. */
const PATIENCE_MS = 120_000;

/** What one program did with one archive; times in milliseconds, null where it did not come so far. */
export interface Explored {
  readonly name: string;
  readonly layers: number | null;
  readonly read: number | null;
  readonly gestures: ReadonlyMap<GestureName, Spread>;
}

/** Opens an archive in every explorer, one after the other; its bytes are in the system's memory for each of them. */
export async function explore({ path }: BenchArchive): Promise<Explored[]> {
  const all: Explored[] = [];
  for (const explorer of explorers()) {
    await readOnce(path);
    all.push(await exploreWith(explorer, path));
  }
  return all;
}

async function readOnce(path: string): Promise<void> {
  const nowhere = new Writable({ write: (_piece, _encoding, done) => done() });
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), nowhere);
}

async function exploreWith(explorer: Explorer, path: string): Promise<Explored> {
  using terminal = new TimedTerminal(explorer.command(path));
  const { name } = explorer;
  const layers = await terminal.shows(explorer.layers, PATIENCE_MS);
  const read = layers === null ? null : await terminal.shows(explorer.read, PATIENCE_MS);
  const gestures = new Map<GestureName, Spread>();
  if (read === null) return { name, layers, read, gestures };
  for (const gesture of explorer.gestures) {
    for (const key of gesture.lead) await terminal.press(key);
    const answers: number[] = [];
    for (const key of gesture.keys) {
      const answer = await terminal.press(key);
      if (answer !== null) answers.push(answer.milliseconds);
    }
    if (answers.length > 0) gestures.set(gesture.name, spreadOf(answers));
  }
  return { name, layers, read, gestures };
}

/** Rows of a table, one for each program. */
export function exploredLines(explored: readonly Explored[]): string[] {
  return [
    `| | layers are seen | all is read | ${GESTURES.join(' | ')} |`,
    `| --- | --- | --- | ${GESTURES.map(() => '---').join(' | ')} |`,
    ...explored.map(({ name, layers, read, gestures }) => {
      const cells = GESTURES.map((gesture) => milliseconds(gestures.get(gesture)));
      return `| ${name} | ${seconds(layers)} | ${seconds(read)} | ${cells.join(' | ')} |`;
    }),
  ];
}

const seconds = (time: number | null): string =>
  time === null ? `not in ${PATIENCE_MS / 1000} s` : `${(time / 1000).toFixed(2)} s`;

function milliseconds(spread: Spread | undefined): string {
  if (spread === undefined) return '–';
  const { min, median, max, p99 } = spread;
  const most = p99 === null ? '' : `; 99 %: ${p99.toFixed(0)}`;
  return `${median.toFixed(0)} (${min.toFixed(0)} – ${max.toFixed(0)}${most})`;
}
