import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Entry } from '../../../src/image/entry.ts';
import { addRows, entryIn } from '../../../src/image/entry-rows.ts';
import { newSlotMemory, SlotOwners, slotsIn } from '../../../src/sources/thread/entry-slot.ts';
import { randomEntry } from '../../harness/random-entries.ts';

const ENTRY: Entry = {
  ...{ path: 'usr/bin/a', type: 'file', size: 3, mode: 0o755, uid: 0, gid: 0, mtime: 0 },
  ...{ link: '', xattrs: '', checksum: null },
};

/** The first slot as the one thread has it, and as the other has it. */
function sharedSlot() {
  const memory = newSlotMemory();
  const [here] = slotsIn(memory);
  const [there] = slotsIn(memory);
  if (here === undefined || there === undefined) throw new Error('there are no slots');
  return { here, there };
}

describe('a slot', () => {
  it('hands every entry over as it was, one text behind the other', () => {
    fc.assert(
      fc.property(fc.array(randomEntry, { maxLength: 50 }), (entries) => {
        const { here, there } = sharedSlot();
        entries.forEach((entry, index) => expect(here.add(entry, 512 * index)).toBe(true));
        there.length = here.length;
        expect(entries.map((_, row) => entryIn(there, row))).toEqual(entries);
        expect(Array.from(there.places.subarray(0, entries.length))).toEqual(entries.map((_, n) => 512 * n));
      }),
    );
  });

  it('is filled anew once it has been cleared', () => {
    const { here, there } = sharedSlot();
    here.add({ ...ENTRY, path: 'longer/than/the/next', link: 'somewhere', xattrs: 'x=1:1' }, 0);
    here.clear();
    here.add(ENTRY, 1024);
    there.length = here.length;
    expect(entryIn(there, 0)).toEqual(ENTRY);
  });

  it('refuses what there is no room for, and stays as it was', () => {
    const { here } = sharedSlot();
    const long = { ...ENTRY, link: 'x'.repeat(100_000) };
    expect(here.add(long, 0)).toBe(true);
    expect(here.add(long, 512)).toBe(false);
    expect(here.length).toBe(1);
    expect(here.add(ENTRY, 512)).toBe(true);
    for (let count = here.length; here.add(ENTRY, 0); count++) expect(here.length).toBe(count + 1);
    expect(here.length).toBe(here.sizes.length);
  });

  it('puts its entries one by one into a sink that takes them no other way', () => {
    const { here } = sharedSlot();
    here.add(ENTRY, 0);
    here.add({ ...ENTRY, path: 'b' }, 512);
    const taken: string[] = [];
    addRows({ add: ({ path }) => void taken.push(path) }, here);
    expect(taken).toEqual(['usr/bin/a', 'b']);
  });
});

describe('a slot that was handed over', () => {
  it('is waited for until it is given back', () => {
    const owners = new SlotOwners();
    const others = new SlotOwners(owners.memory);
    owners.handOver(1);
    others.giveBack(1);
    // Nobody would ever wake this thread.
    owners.wait(1);
    owners.wait(0);
    expect(new Int32Array(owners.memory)[1]).toBe(0);
  });
});
