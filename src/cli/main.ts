import { messageOf, PeelError } from '../image/errors.ts';
import { asciiText } from '../image/text.ts';
import { reportOf } from '../report/report.ts';
import { summaryOf } from '../report/summary.ts';
import type { Settings } from '../config/settings.ts';
import { HUNG_UP } from '../system/ending-signals.ts';
import { type Arguments, type Errand, parseArguments, USAGE } from './arguments.ts';
import { isUtf8 } from './locale.ts';
import { imageCache, mayKeep } from './cache-place.ts';
import { keepCompiled } from './compiled-code.ts';
import { LateSource } from './late-source.ts';
import { KeptLoading } from './load-kept.ts';
import { readTheRest } from './read-the-rest.ts';
import { openSource } from './open-source.ts';
import { ProgressLine } from './progress-line.ts';
import { checkIntegrity } from './verify.ts';
import { VERSION } from './version.ts';
import { writeReport } from './write-report.ts';

/** Exit statuses. Signals add their number to 128, as shells do. */
const FINE = 0;
const UNUSABLE = 2;

/** Runs peel; sets the process's exit status. Errors are one line on standard error. */
export async function main(argv: readonly string[] = process.argv.slice(2)): Promise<void> {
  // Deprecations of packages inside the bundle are nothing that a user of peel could mend.
  process.noDeprecation = true;
  process.stdout.on('error', endQuietly);
  try {
    process.exitCode = await run(parseArguments(argv));
  } catch (error) {
    process.stderr.write(plain(`peel: ${messageOf(error)}\n`));
    if (!(error instanceof PeelError) && process.env['PEEL_DEBUG']) console.error(error);
    process.exitCode = UNUSABLE;
  }
}

async function run(options: Arguments): Promise<number> {
  if (options.help) return print(USAGE);
  if (options.version) return print(`${VERSION}\n`);
  if (options.shows !== null) return runErrand(options.shows, options.config);
  const { target, sample } = options;
  if (options.json !== null || !canDraw()) {
    if (options.config !== null) await settingsOf(options);
    if (target === null && !sample) {
      throw new PeelError(
        'no-terminal',
        'Without a screen an image must be named: peel IMAGE. See peel --help.',
      );
    }
    return summarise({ ...options, target: target ?? '' });
  }
  const settings = await settingsOf(options);
  if (options.cache && settings.cache) keepCompiled(process.env);
  const { explore } = await loadExplorer(process.env);
  return explore(options, settings);
}

/** Whether a full screen can be drawn: a terminal that can move its cursor. */
function canDraw(): boolean {
  return process.stdout.isTTY && process.env['TERM'] !== 'dumb';
}

/**
 * Ink's styles (chalk) know few terminals by name, and leave bold and inverse out where they know none: they are told. Only
 * while they are loaded, which is when they look: programs that peel starts are not meant.
 */
async function loadExplorer(env: NodeJS.ProcessEnv): Promise<typeof import('./explore.ts')> {
  const said = env['FORCE_COLOR'];
  const { colourBits } = await import('./abilities.ts');
  env['FORCE_COLOR'] = said ?? { 4: '1', 8: '2', 24: '3' }[colourBits(env)];
  try {
    return await import('./explore.ts');
  } finally {
    if (said === undefined) delete env['FORCE_COLOR'];
  }
}

/** Of use to a screen alone; but a file that is named is wrong or right whatever it is for. */
async function settingsOf({ config }: Arguments): Promise<Settings> {
  const { loadSettings } = await import('./load-settings.ts');
  return loadSettings(config, process.env);
}

/**
 * Whether images are kept by the settings. What is wrong in a file that nobody has named ends no summary; but it may be
 * that it wants nothing kept.
 */
async function keepsImages(options: Arguments): Promise<boolean> {
  try {
    return (await settingsOf(options)).cache;
  } catch {
    return false;
  }
}

async function runErrand(errand: Errand, file: string | null): Promise<number> {
  const { env } = process;
  if (errand === 'cache' || errand === 'clear') {
    const { clearCache, listCache } = await import('./cache-errands.ts');
    return print(plain(await (errand === 'cache' ? listCache(env) : clearCache(env))));
  }
  const { configPath, settingsInEffect } = await import('./load-settings.ts');
  return print(errand === 'path' ? `${configPath(file, env)}\n` : settingsInEffect(file, env));
}

async function summarise(options: Arguments & { target: string }): Promise<number> {
  const settings = { cache: mayKeep(options) && (await keepsImages(options)) };
  const ending = new AbortController();
  const { signal } = ending;
  const source = new LateSource(await openSource(options, signal));
  const loading = new KeptLoading(source, imageCache(options, settings, process.env));
  const progress = new ProgressLine(process.stderr, process.env);
  const loaded = await loading
    .load(progress.hear, signal, true)
    .then((read) => readTheRest(source, read, options.verify, signal))
    .finally(progress.erase);
  ending.abort();
  if (options.json === null) print(plain(summaryOf(loaded)));
  else await writeReport(reportOf(loaded, options.files), options.json);
  if (options.verify) checkIntegrity(loaded.blobs);
  await loading.keep(loaded);
  return FINE;
}

/** Text for people, in the characters of their locale. */
function plain(text: string): string {
  return isUtf8(process.env) ? text : asciiText(text);
}

function print(text: string): number {
  process.stdout.write(text);
  return FINE;
}

/**
 * A reader that has seen enough (`peel IMAGE | head`) is no failure; a terminal that is gone is a hang-up; a disk that is
 * full is told of.
 */
function endQuietly(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') process.exit(FINE);
  if (error.code === 'EIO') process.exit(HUNG_UP);
  process.stderr.write(`peel: Cannot write to standard output: ${messageOf(error)}\n`);
  process.exit(UNUSABLE);
}
