// Runs the built program as a child process, the way a script would: no terminal, its own home.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import type { Report } from '../../src/report/report.ts';

const launcher = join(import.meta.dirname, '../../bin/peel.js');

/** How a run ended. */
export interface PeelRun {
  /** Exit status; -1 if a signal ended it. */
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A run that goes on. */
export interface RunningPeel {
  /** Sends it a signal. */
  kill(signal: NodeJS.Signals): void;
  /** How it ended; `signal` is the one that ended it. */
  readonly ended: Promise<PeelRun & { readonly signal: NodeJS.Signals | null }>;
}

export interface PeelOptions {
  /** DOCKER_HOST of the run; null for none at all. */
  readonly host: string | null;
  /** More of its environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** User and group to run as. Only root may set it. */
  readonly user?: number;
  /** What comes in on standard input; nothing does without it. */
  readonly input?: Readable | Uint8Array;
}

/** Runs `peel ...args` to its end. */
export async function runPeel(args: readonly string[], options: PeelOptions): Promise<PeelRun> {
  const { status, stdout, stderr } = await startPeel(args, options).ended;
  return { status, stdout, stderr };
}

/** Starts `peel ...args`. */
export function startPeel(
  args: readonly string[],
  { host, user, input, env: more = {} }: PeelOptions,
): RunningPeel {
  const env: NodeJS.ProcessEnv = { ...process.env, NO_COLOR: '1' };
  for (const name of Object.keys(env)) {
    // Nothing but `host` may say where the daemon is; nothing of this test's own runner may leak in.
    if (/^(DOCKER_|VITEST|NODE_|FORCE_COLOR|CI$)/.test(name)) Reflect.deleteProperty(env, name);
  }
  if (host !== null) env['DOCKER_HOST'] = host;
  Object.assign(env, more);
  const child = spawn(process.execPath, [launcher, ...args], {
    env,
    stdio: ['pipe', 'pipe', 'pipe'],
    ...(user === undefined ? {} : { uid: user, gid: user }),
  });
  // A program that refuses what it is given need not hear it to its end.
  if (input instanceof Readable) pipeline(input, child.stdin).catch(() => undefined);
  else child.stdin.on('error', () => undefined).end(input);
  const closed = new Promise<[number | null, NodeJS.Signals | null]>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (...how) => {
      resolve(how);
    });
  });
  const ended = Promise.all([closed, text(child.stdout), text(child.stderr)]).then(
    ([[status, signal], stdout, stderr]) => ({ status: status ?? -1, signal, stdout, stderr }),
  );
  return { ended, kill: (signal) => void child.kill(signal) };
}

/**
 * The report of a run that must succeed.
 * @throws Error with what peel said when it did not
 */
export async function builtReport(args: readonly string[], options: PeelOptions): Promise<Report> {
  const run = await runPeel(['--json', '-', ...args], options);
  if (run.status !== 0) throw new Error(`peel ${args.join(' ')} ended with ${run.status}: ${run.stderr}`);
  return JSON.parse(run.stdout) as Report;
}
