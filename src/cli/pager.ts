import { spawn } from 'node:child_process';
import { accessSync, closeSync, constants, openSync } from 'node:fs';
import { constants as system } from 'node:os';
import { delimiter, join } from 'node:path';
import { messageOf, PeelError } from '../image/errors.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** What somebody has set to look at files with, most particular first; a pager shows them, an editor does too. */
const CHOSEN = ['PAGER', 'VISUAL', 'EDITOR'] as const;

/** What every system has one of. */
const USUAL = ['less', 'more'] as const;

/**
 * The command that shows a file, arguments and all.
 * @throws PeelError `program` when there is none.
 */
export function pagerFor(environment: Environment): string {
  for (const name of CHOSEN) {
    const command = environment[name]?.trim() ?? '';
    if (command !== '') return command;
  }
  const usual = USUAL.find((program) => isOnPath(program, environment['PATH'] ?? ''));
  if (usual !== undefined) return usual;
  throw new PeelError('program', 'Neither less nor more is here: set PAGER to a program that shows files.');
}

function isOnPath(program: string, path: string): boolean {
  return path.split(delimiter).some((directory) => {
    try {
      accessSync(join(directory, program), constants.X_OK);
      return directory !== '';
    } catch {
      return false;
    }
  });
}

/** sh(1): what a shell says of a command that is not there, and of one that it may not run. */
const NOT_FOUND = 127;
const NOT_RUN = 126;

/** Signals that a terminal sends to all who have it: they are for the pager, and peel lives on. */
const FOR_THE_PAGER = ['SIGINT', 'SIGQUIT'] as const;

/**
 * Has a command show a file on the terminal, as git has it: through the shell, so that it may have arguments. To be
 * called while the terminal is nobody else's.
 * @throws PeelError `program` when the command cannot be run, or fails.
 */
export async function runPager(command: string, file: string, environment: Environment): Promise<void> {
  const keys = process.stdin.isTTY ? null : openKeys();
  const ignore = () => undefined;
  for (const signal of FOR_THE_PAGER) process.on(signal, ignore);
  try {
    const [status, signal] = await ended(command, file, environment, keys);
    const killedBy = signal ?? signalIn(status);
    // Whoever interrupts a pager has seen enough.
    if (status === 0 || killedBy === 'SIGINT') return;
    throw new PeelError('program', failureOf(command, status, killedBy));
  } finally {
    for (const signal of FOR_THE_PAGER) process.off(signal, ignore);
    if (keys !== null) closeSync(keys);
  }
}

/** Where peel reads an image from standard input, the terminal is elsewhere; a pager that has none may do without. */
function openKeys(): number | null {
  try {
    return openSync('/dev/tty', 'r');
  } catch {
    return null;
  }
}

/** A shell that waits for the pager would end with an interrupt that the pager has lived through. */
const SURVIVING = 'trap : INT QUIT';

function ended(
  command: string,
  file: string,
  environment: Environment,
  keys: number | null,
): Promise<[status: number | null, signal: NodeJS.Signals | null]> {
  // A preprocessor (less's LESSOPEN) would run programs on what an image holds, and show something else than that.
  const { LESSOPEN: _, LESSCLOSE: __, ...env } = environment;
  return new Promise((resolve, reject) => {
    const pager = spawn('/bin/sh', ['-c', `${SURVIVING}\n${command} "$@"`, command, file], {
      stdio: [keys ?? 'inherit', 'inherit', 'inherit'],
      env,
    });
    pager.on('error', (error) =>
      reject(new PeelError('program', `Cannot run ${command}: ${messageOf(error)}`)),
    );
    pager.on('exit', (status, signal) => resolve([status, signal]));
  });
}

function failureOf(command: string, status: number | null, killedBy: string | null): string {
  if (status === NOT_FOUND) return `${command}: there is no such program; PAGER names one that shows files.`;
  if (status === NOT_RUN) return `${command} may not be run; PAGER names a program that shows files.`;
  return killedBy === null
    ? `${command} ended with status ${status}.`
    : `${command} was ended by ${killedBy}.`;
}

/** A shell tells of a command that was killed by 128 and the signal's number. */
function signalIn(status: number | null): string | null {
  const [name] = Object.entries(system.signals).find(([, number]) => number + 128 === status) ?? [];
  return name ?? null;
}
