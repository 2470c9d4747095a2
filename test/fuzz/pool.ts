/** Processes that try cases, watched from outside: for crashes, for time, for memory. */
import { type ChildProcess, fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { FuzzCase } from './case.ts';
import type { Place } from './corpus.ts';
import { layDown } from './lay-down.ts';
import type { Outcome } from './try-case.ts';

/** What a worker is to try. */
export interface Wanted {
  readonly path: string;
  readonly place: Place;
  readonly pieceBytes: number;
  /** Whether an archive is read as a file, from wherever one likes, in place of a stream of such pieces. */
  readonly isSought: boolean;
}

/** What a worker tells. */
export type Told =
  | { readonly type: 'begun' }
  | { readonly type: 'ended'; readonly outcome: Outcome; readonly milliseconds: number };

export interface Tried {
  readonly number: number;
  readonly outcome: Outcome;
  /** Processor time. */
  readonly milliseconds: number;
  /** Highest resident memory of the process meanwhile; 0 where nobody can say. */
  readonly residentBytes: number;
}

export interface Limits {
  /** Processor time: a busy machine is no finding. */
  readonly milliseconds: number;
  /** By the clock: something waits for what never comes. */
  readonly waitedMilliseconds: number;
  readonly residentBytes: number;
}

export interface Pool {
  readonly limits: Limits;
  /** Where cases lie while they are tried. */
  readonly folder: string;
  make(number: number): Promise<FuzzCase>;
  on(tried: Tried): void;
}

const WORKER = join(import.meta.dirname, 'worker.ts');
const WATCH_MS = 25;

/**
 * Takes cases from `numbers` until there are none left, and tells of each.
 * @throws where a worker ends before it has begun its first case.
 */
export async function tryAll(numbers: Iterator<number, void>, pool: Pool): Promise<void> {
  let worker = new Worker(pool.limits);
  const path = join(pool.folder, String(worker.pid));
  try {
    for (let next = numbers.next(); next.done !== true; next = numbers.next()) {
      const made = await pool.make(next.value);
      const { place, pieceBytes } = made;
      layDown(made, path);
      const wanted = { path, place, pieceBytes, isSought: next.value % 2 === 0 };
      let tried = await worker.try(wanted);
      if (!worker.isUsable && !worker.isFresh) {
        // peel tries one image in a process of its own: what is left over from other cases is none of its doing.
        worker.end();
        worker = new Worker(pool.limits);
        tried = await worker.try(wanted);
      }
      pool.on({ number: next.value, ...tried });
      if (worker.isUsable) continue;
      worker.end();
      worker = new Worker(pool.limits);
    }
  } finally {
    worker.end();
  }
}

class Worker {
  isUsable = true;
  /** Whether it has tried one case at most. */
  isFresh = true;
  private tried = 0;
  private readonly child: ChildProcess;
  private readonly limits: Limits;
  private readonly said: Promise<string>;

  constructor(limits: Limits) {
    this.limits = limits;
    this.child = fork(WORKER, {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      execArgv: ['--expose-gc', '--disable-warning=ExperimentalWarning'],
    });
    this.said = this.child.stderr === null ? Promise.resolve('') : text(this.child.stderr);
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** Tries one case. Afterwards the worker may be of no more use. */
  try(wanted: Wanted): Promise<Omit<Tried, 'number'>> {
    const { child, limits } = this;
    this.isFresh = this.tried++ === 0;
    const ended = Promise.withResolvers<Omit<Tried, 'number'>>();
    let residentBytes = 0;
    let watch: NodeJS.Timeout | undefined;
    const give = (what: string, milliseconds = 0) => {
      this.isUsable = false;
      ended.resolve({ outcome: { kind: 'finding', what }, milliseconds, residentBytes });
    };
    let hasBegun = false;
    const begun = (begin: Usage, waitsSince: number) => () => {
      const now = usageOf(this.pid);
      const milliseconds = now.milliseconds - begin.milliseconds;
      residentBytes = Math.max(residentBytes, now.peakBytes);
      if (residentBytes > limits.residentBytes) give(`took ${inMegabytes(residentBytes)} of memory`);
      else if (milliseconds > limits.milliseconds)
        give(`took more than ${limits.milliseconds} ms`, milliseconds);
      else if (performance.now() - waitsSince > limits.waitedMilliseconds) give('never ended');
    };
    const hear = (told: Told) => {
      if (told.type === 'begun') {
        hasBegun = true;
        watch = setInterval(begun(usageOf(this.pid), performance.now()), WATCH_MS);
        return;
      }
      residentBytes = Math.max(residentBytes, usageOf(this.pid).peakBytes);
      if (residentBytes > limits.residentBytes) give(`took ${inMegabytes(residentBytes)} of memory`);
      else ended.resolve({ outcome: told.outcome, milliseconds: told.milliseconds, residentBytes });
    };
    const crash = () =>
      void this.said.then((said) => {
        // One that has never begun anything tells nothing of cases: the program of the workers itself is broken.
        if (this.isFresh && !hasBegun) ended.reject(new Error(`No worker can begin: ${said.trim()}`));
        else give(`crashed: ${said.trim().slice(-2_000)}`);
      });
    child.on('message', hear);
    child.on('exit', crash);
    child.send(wanted, (error) => {
      if (error !== null) crash();
    });
    return ended.promise.finally(() => {
      clearInterval(watch);
      child.off('message', hear);
      child.off('exit', crash);
    });
  }

  end(): void {
    this.child.kill('SIGKILL');
  }
}

const inMegabytes = (bytes: number) => `${Math.round(bytes / 1e6)} MB`;

interface Usage {
  readonly peakBytes: number;
  /** Processor time since the process began. */
  readonly milliseconds: number;
}

/** proc(5): `VmHWM` in kibibytes; utime and stime, fields 14 and 15 of stat, in hundredths of a second. */
function usageOf(pid: number): Usage {
  try {
    const peak = /^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1] ?? '0';
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const [user = 0, system = 0] = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .slice(11, 13)
      .map(Number);
    return { peakBytes: Number(peak) * 1024, milliseconds: (user + system) * 10 };
  } catch {
    return { peakBytes: 0, milliseconds: 0 };
  }
}
