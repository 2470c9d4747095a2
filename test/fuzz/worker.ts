// Tries cases one after the other and tells what came of each. Whatever breaks in here breaks this process alone:
// pool.ts watches it from outside. Cases come as files, so that its memory is what reading them takes.
import { writeFileSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import type { Told, Wanted } from './pool.ts';
import { tryCase } from './try-case.ts';

/** What is left over from cases before is cleared away from here on. */
const MUCH_BYTES = 110_000_000;

const tell = (told: Told) => process.send?.(told);

process.on('message', (wanted: Wanted) => {
  void run(wanted);
});

async function run(wanted: Wanted): Promise<void> {
  if (process.memoryUsage.rss() > MUCH_BYTES) globalThis.gc?.();
  forgetPeak();
  tell({ type: 'begun' });
  const begin = process.cpuUsage();
  const outcome = await tryCase(wanted);
  const { user, system } = process.cpuUsage(begin);
  // A rejection that nobody has heard comes to light before the next case begins.
  await setImmediate();
  tell({ type: 'ended', outcome, milliseconds: (user + system) / 1000 });
}

/** Linux (proc(5), clear_refs): the peak of resident memory is counted anew from here. */
function forgetPeak(): void {
  try {
    writeFileSync('/proc/self/clear_refs', '5');
  } catch {
    // Elsewhere nobody asks for it.
  }
}
