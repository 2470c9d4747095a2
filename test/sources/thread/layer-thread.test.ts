/** What a second thread reads is what this one would have read. */
import { closeSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type Entry, type EntrySink } from '../../../src/image/entry.ts';
import { PeelError } from '../../../src/image/errors.ts';
import { LayerThread } from '../../../src/sources/thread/layer-thread.ts';
import type { Order } from '../../../src/sources/thread/messages.ts';
import { HoleAllowance } from '../../../src/tar/holes.ts';
import { Places } from '../../../src/tar/places.ts';
import { LayerIndexing } from '../../../src/tar/sought-layer.ts';
import { TarError } from '../../../src/tar/tar-error.ts';
import { emptyDirectory } from '../../harness/layouts.ts';
import { member, pax, rawTar } from '../../harness/raw-tar.ts';
import { sparse } from '../../harness/sparse-tar.ts';

const KEY = Buffer.alloc(16, 7);
const { signal } = new AbortController();
const opened: number[] = [];
const threads: LayerThread[] = [];

afterEach(async () => {
  await Promise.all(threads.splice(0).map((thread) => thread.end()));
  for (const fd of opened.splice(0)) closeSync(fd);
});

async function started(): Promise<LayerThread> {
  const thread = await LayerThread.start();
  threads.push(thread);
  return thread;
}

/** An order to read the headers of a tar in a file. */
function orderFor(tar: Buffer): Order {
  const path = join(emptyDirectory(), 'layer.tar');
  writeFileSync(path, tar);
  const fd = openSync(path, 'r');
  opened.push(fd);
  const extent = { start: 0, end: tar.length };
  return { fd, extent, from: 0, looksAtSmall: true, key: KEY, holeBytes: 0 };
}

/** Takes entries one by one, and remembers whether they came in rows. */
function hearer(entries: EntrySink) {
  const places = new Places();
  const passed: number[] = [];
  return { entries, places, passed: (bytes: number) => void passed.push(bytes), heard: passed };
}

/** An entry in words. */
const described = ({ checksum, ...entry }: Entry) => JSON.stringify([entry, checksum && hex(checksum)]);

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

const placesIn = (places: Places) => Array.from({ length: places.length }, (_, index) => places.at(index));

/** What this thread reads. */
function readHere(tar: Buffer) {
  const entries: Entry[] = [];
  const placed: number[] = [];
  const add = (entry: Entry, place: number) => {
    entries.push(entry);
    placed.push(place);
  };
  const indexing = new LayerIndexing(
    (into, at) => tar.copy(into, 0, at),
    { start: 0, end: tar.length },
    { add },
    { holes: new HoleAllowance(), looksAtSmall: true, key: KEY },
  );
  const work = indexing.work();
  while (work.next().done !== true);
  return { entries, placed };
}

/** More entries than slots have room for, small files and large ones, links, attributes, and texts longer than a slot. */
const MANY = rawTar(
  ...Array.from({ length: 12_000 }, (_, n) => ({
    name: `d${n % 10}/f${n}`,
    content: 'x'.repeat(n % 30 === 0 ? 9000 : n % 3),
    uid: n,
  })),
  { name: 'link', type: '2', link: 'd0/f0' },
  pax({ 'SCHILY.xattr.user.long': 'v'.repeat(200_000) }),
  { name: 'attributed', content: 'a' },
  sparse('pax 1.0', { name: 'sparse', size: 1_000_000, map: [512, 4], data: 'data' }),
  { name: 'last', content: 'z' },
);

describe('a thread that reads layers', () => {
  it('reads the headers that this one reads, in their order', async () => {
    const entries: Entry[] = [];
    const taken = hearer({ add: (entry) => void entries.push(entry) });
    const thread = await started();
    const holeBytes = await thread.index(orderFor(MANY), taken, signal);
    const here = readHere(MANY);
    expect(entries.map(described)).toEqual(here.entries.map(described));
    expect(placesIn(taken.places)).toEqual(here.placed);
    expect(holeBytes).toBe(1_000_000 - 'data'.length);
    expect(taken.heard.at(-1)).toBe(MANY.length);
    expect(taken.heard).toEqual(taken.heard.toSorted((a, b) => a - b));
  });

  it('goes on where another has stopped, one order after the other', async () => {
    const tar = rawTar({ name: 'a', content: 'one' }, { name: 'b' }, { name: 'c', content: 'two' });
    const order = orderFor(tar);
    const names: string[] = [];
    const taken = hearer({ add: ({ path }) => void names.push(path) });
    const thread = await started();
    await Promise.all([
      thread.index({ ...order, from: 1024 }, taken, signal),
      thread.index(order, taken, signal),
    ]);
    expect(names).toEqual(['b', 'c', 'a', 'b', 'c']);
    expect(placesIn(taken.places)).toEqual([1024, 1536, 0, 1024, 1536]);
  });

  it('tells what is wrong with a layer, and has ended then', async () => {
    const taken = hearer({ add: () => undefined });
    const damaged = Buffer.concat([member({ name: 'a' }), Buffer.alloc(512, 'x')]);
    const thread = await started();
    await expect(thread.index(orderFor(damaged), taken, signal)).rejects.toBeInstanceOf(TarError);
    await expect(thread.index(orderFor(MANY), taken, signal)).rejects.toThrow('has ended');
    const climbing = (await started()).index(orderFor(rawTar({ name: '../a' })), taken, signal);
    await expect(climbing).rejects.toBeInstanceOf(PeelError);
    await expect(climbing).rejects.toMatchObject({ code: 'hostile' });
  });

  it('counts what sparse files leave out against what others have left out', async () => {
    const thread = await started();
    const holeBytes = 16 * 1024 ** 3 - 1000;
    const order = { ...orderFor(MANY), holeBytes };
    await expect(thread.index(order, hearer({ add: () => undefined }), signal)).rejects.toThrow(
      /^Sparse files leave out 17180868180 bytes of zeros; 16 GiB is the limit\.$/,
    );
  });

  it('is given up with its order, and with what its entries lead to', async () => {
    const giveUp = new AbortController();
    const entries = { add: () => giveUp.abort(new Error('enough')) };
    const thread = await started();
    await expect(thread.index(orderFor(MANY), hearer(entries), giveUp.signal)).rejects.toThrow('enough');
    await expect((await started()).index(orderFor(MANY), hearer({ add: throwing }), signal)).rejects.toThrow(
      'no room',
    );
    await expect(
      (await started()).index(
        orderFor(MANY),
        hearer({ add: () => undefined }),
        AbortSignal.abort(new Error('late')),
      ),
    ).rejects.toThrow('late');
  });

  it('is given up by many at once without a word', async () => {
    const warnings: Error[] = [];
    const warn = (warning: Error) => void warnings.push(warning);
    process.on('warning', warn);
    const giveUp = new AbortController();
    const thread = await started();
    const order = orderFor(MANY);
    const taken = hearer({ add: () => undefined });
    const asked = Array.from({ length: 30 }, () => thread.index(order, taken, giveUp.signal));
    giveUp.abort(new Error('enough'));
    const ends = await Promise.allSettled(asked);
    expect(ends.map(({ status }) => status)).toEqual(asked.map(() => 'rejected'));
    // A warning is told of in the next turn.
    await new Promise((resolve) => setImmediate(resolve));
    process.off('warning', warn);
    expect(warnings).toEqual([]);
  });

  it('lets nobody wait who has asked when it ends', async () => {
    const thread = await started();
    const taken = hearer({ add: () => undefined });
    const asked = thread.index(orderFor(MANY), taken, signal);
    await Promise.all([expect(asked).rejects.toThrow('has ended'), thread.end()]);
    await expect(thread.index(orderFor(MANY), taken, signal)).rejects.toThrow('has ended');
  });
});

const throwing = () => {
  throw new Error('no room');
};
