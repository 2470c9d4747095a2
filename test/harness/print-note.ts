// Reads an image of a daemon, and prints what is noted of the way in which it was read: JSON, null where nothing is.
//
//   node print-note.ts HOST IMAGE
//
// A process of its own, so that it can be another user's.
import { openFromDaemon } from '../../src/cli/open-daemon.ts';

const [host, reference] = process.argv.slice(2);
if (host === undefined || reference === undefined) throw new Error('usage: print-note.ts HOST IMAGE');

const usual = { context: null, platform: null, verify: false, pull: false, source: 'auto' } as const;
const { signal } = new AbortController();
const source = await openFromDaemon(reference, { ...usual, host }, signal);
let note: string | null = null;
process.on('exit', () => process.stdout.write(JSON.stringify(note)));
await source.index(
  {
    newLayer: () => ({ add: () => undefined }),
    on: (event) => {
      if (event.type === 'image') note = event.image.note ?? note;
    },
  },
  signal,
);
