// How many bytes a cursor key costs on a terminal of 120 x 40, beside dive in the same run: over ssh they are what a key waits
// for. Bytes do not depend on the machine; only when a program has drawn all that it wants to takes a clock to say.
import { join } from 'node:path';
import { findCommand } from '../test/harness/debian-packages.ts';
import { Terminal } from '../test/harness/terminal.ts';
import { type Spread, spreadOf } from './measure.ts';

/** A program that has been silent for so long has drawn all of it. */
const SILENCE_MS = 250;
/** Keys from the top of the list on; those before it begins to scroll, and those after, in both programs. */
const STILL = 25;
const UNTIL_SCROLLING = 38;
const SCROLLING = 20;

const root = join(import.meta.dirname, '..');

/** What one program writes for one cursor key. */
interface KeyBytes {
  readonly still: Spread;
  readonly scrolling: Spread;
}

/** What the benchmark found. */
export interface TerminalBytes {
  readonly lines: readonly string[];
  /** Whether neither kind of key costs more than it costs dive; null where dive is not installed. */
  readonly isKept: boolean | null;
}

/** Walks down the files of an image of the daemon at `host`, in peel and in dive. */
export async function terminalBytes(host: string, image: string): Promise<TerminalBytes> {
  const peel = await walk([process.execPath, join(root, 'bin/peel.js'), image], host, /wasted \d/);
  const divePath = findCommand('dive');
  const dive = divePath === null ? null : await walk([divePath, image], host, /Current Layer Contents/);
  const isKept =
    dive === null
      ? null
      : peel.still.median <= dive.still.median && peel.scrolling.median <= dive.scrolling.median;
  return {
    isKept,
    lines: [
      '| | list stands still: median (least – most) | list scrolls: median (least – most) |',
      '| --- | --- | --- |',
      row('peel', peel),
      ...(dive === null ? [] : [row('dive', dive), ratios(peel, dive)]),
      '',
      dive === null
        ? 'dive is not installed here: there is nothing to compare with.'
        : `Budget, no more than dive: ${isKept === true ? 'kept' : 'NOT kept'}.`,
    ],
  };
}

async function walk(command: readonly string[], host: string, ready: RegExp): Promise<KeyBytes> {
  const [file = '', ...args] = command;
  const env = { DOCKER_HOST: host, PATH: process.env['PATH'] };
  await using terminal = new Terminal(file, args, { columns: 120, rows: 40, env });
  const { screen } = terminal;
  await screen.until('the image is open', () => ready.test(screen.text()), 300_000);
  const press = async (key: string): Promise<number> => {
    await silence(terminal);
    screen.forget();
    terminal.press(key);
    await silence(terminal);
    return Buffer.byteLength(screen.received);
  };
  const bytes: number[] = [];
  await press('tab');
  while (bytes.length < UNTIL_SCROLLING + SCROLLING) bytes.push(await press('down'));
  return { still: spreadOf(bytes.slice(0, STILL)), scrolling: spreadOf(bytes.slice(UNTIL_SCROLLING)) };
}

async function silence({ screen }: Terminal): Promise<void> {
  for (let before = -1; before !== screen.received.length;) {
    before = screen.received.length;
    await new Promise((resolve) => setTimeout(resolve, SILENCE_MS));
  }
}

function row(name: string, { still, scrolling }: KeyBytes): string {
  const cell = ({ min, median, max }: Spread) => `${median} (${min} – ${max})`;
  return `| ${name}, bytes | ${cell(still)} | ${cell(scrolling)} |`;
}

function ratios(peel: KeyBytes, dive: KeyBytes): string {
  const ratio = (kind: keyof KeyBytes) => (peel[kind].median / dive[kind].median).toFixed(2);
  return `| ratio of the medians | ${ratio('still')} | ${ratio('scrolling')} |`;
}
