import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runPeel } from '../harness/built-peel.ts';
import type { FuzzCase } from './case.ts';
import { layDown } from './lay-down.ts';
import { type Outcome, UNSAFE } from './try-case.ts';

/** The same case through the built program: a file where the number is even, else a pipe; a directory as it is. */
export async function tryBuilt(made: FuzzCase, number: number): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'peel-fuzz-'));
  try {
    const path = join(folder, 'case');
    layDown(made, path);
    const run =
      number % 2 === 0 || made.place !== 'archive'
        ? await runPeel(['--json', '-', path], { host: null })
        : await runPeel(['-'], { host: null, input: made.archive });
    return outcomeOf(run);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function outcomeOf({ status, stdout, stderr }: Awaited<ReturnType<typeof runPeel>>): Outcome {
  const lines = `exit status ${status}, standard error ${JSON.stringify(stderr.slice(0, 500))}`;
  if (status === 0 && stderr === '') {
    return UNSAFE.test(stdout.replaceAll('\n', ''))
      ? { kind: 'finding', what: 'a raw control character' }
      : { kind: 'report' };
  }
  const isOneLine = /^peel: [^\n]+\n$/.test(stderr) && !UNSAFE.test(stderr.slice(0, -1));
  return status === 2 && isOneLine ? { kind: 'refused', code: 'built' } : { kind: 'finding', what: lines };
}
