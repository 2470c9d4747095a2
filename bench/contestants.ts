// The programs that are measured side by side, and how each is had to analyse an archive and end.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundle } from '../rolldown.config.ts';
import { findCommand } from '../test/harness/debian-packages.ts';
import type { Taken } from './analyse.ts';
import { measure } from './measure.ts';

/** Who takes longer is given up. */
const PATIENCE_MS = 120_000;

const root = join(import.meta.dirname, '..');

/** The built peel, as a command. */
export const PEEL = [process.execPath, join(root, 'bin/peel.js')];

/** A program that analyses archives. */
export interface Contestant {
  readonly name: string;
  /** Analyses the archive at a path; null when it takes too long, or cannot. */
  analyse(path: string): Promise<Run | null>;
}

export interface Run {
  readonly seconds: number;
  readonly peakBytes: number | null;
}

/** Whole analysis: every layer's tree, every change and the ledger are final. */
export interface Analysing extends Contestant, AsyncDisposable {
  /** Its command, to which arguments are added as they would be peel's. */
  readonly program: readonly string[];
  /** Of what these arguments name, as they would be peel's. */
  take(...args: string[]): Promise<Taken>;
  /** The same in this environment. */
  takeIn(env: Readonly<Record<string, string>>, ...args: string[]): Promise<Taken>;
}

/** Whole analysis by the code that the program runs, bundled as the program is. */
export async function analysing(): Promise<Analysing> {
  const folder = mkdtempSync(join(tmpdir(), 'peel-bench-'));
  await bundle({ analyse: join(root, 'bench/analyse.ts') }, folder);
  // As peel's own package says: Node would else try each file as the other kind of module first.
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'module' }));
  const program = [process.execPath, join(folder, 'analyse.js')];
  const takeIn = async (env: Readonly<Record<string, string>>, ...args: string[]): Promise<Taken> => {
    const { stdout } = await measure([...program, ...args], env);
    return JSON.parse(stdout) as Taken;
  };
  return {
    name: 'peel, whole analysis',
    program,
    takeIn,
    take: (...args) => takeIn({}, ...args),
    analyse: (path) => takeIn({}, '--no-cache', path),
    [Symbol.asyncDispose]: () => {
      rmSync(folder, { recursive: true, force: true });
      return Promise.resolve();
    },
  };
}

/** To the end of the process, with duplicates, advice and the report written (to nowhere). */
export const report: Contestant = {
  name: 'peel, report written',
  analyse: (path) => run([...PEEL, '--no-cache', '--json', '/dev/null', path]),
};

/** Those of the other explorers that are installed. */
export function peers(): Contestant[] {
  const [dive, diving] = [findCommand('dive'), findCommand('diving')];
  return [
    ...(dive === null
      ? []
      : [
          {
            name: 'dive',
            // Exit status 1 means that the image broke one of dive's rules: it was analysed none the less.
            analyse: (path: string) =>
              run(
                [dive, '--source', 'docker-archive', path],
                { CI: 'true' },
                (status) => status === 0 || status === 1,
              ),
          },
        ]),
    ...(diving === null
      ? []
      : [
          {
            name: 'diving',
            analyse: (path: string) =>
              inFreshHome((home) =>
                run(
                  [diving, `file://${path}`, '--output-file', join(home, 'report.json')],
                  { HOME: home },
                  (status) => status === 0 || status === 1,
                ),
              ),
          },
        ]),
  ];
}

async function run(
  command: readonly string[],
  env: Readonly<Record<string, string>> = {},
  isFine?: (status: number) => boolean,
): Promise<Run | null> {
  return measure(command, env, {
    ...(isFine === undefined ? {} : { isFine }),
    patienceMs: PATIENCE_MS,
  }).catch((error: unknown) => {
    console.log(String(error).slice(0, 200));
    return null;
  });
}

/** What a program keeps of an analysis is not there the next time. */
async function inFreshHome<T>(use: (home: string) => Promise<T>): Promise<T> {
  const home = mkdtempSync(join(tmpdir(), 'peel-bench-home-'));
  try {
    return await use(home);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}
