import { describe, expect, it } from 'vitest';
import { TREE_LIMITS } from '../../src/tree/limits.ts';
import { PathNames } from '../../src/tree/path-names.ts';
import { PathSlots } from '../../src/tree/path-slots.ts';

/** Far more than the first slots have room for. */
const COUNT = 20_000;
const PARENTS = 100;

const parentOf = (node: number) => node % PARENTS;
const nameOf = (node: number) => `name-${Math.floor(node / PARENTS)}`;

/** Nodes with the same few names under many parents, of which the slots have been told one after the other, or none. */
function table(how: 'told' | 'untold'): PathSlots {
  const names = new PathNames(TREE_LIMITS);
  const slots = new PathSlots(names, (node, parent) => parentOf(node) === parent);
  names.makeRoom(COUNT);
  names.append(0, Buffer.alloc(0), 0, 0);
  for (let node = 1; node < COUNT; node++) {
    const name = Buffer.from(nameOf(node));
    names.append(node, name, 0, name.length);
    if (how === 'untold') continue;
    expect(found(slots, parentOf(node), nameOf(node))).toBe(-1);
    slots.add(node);
  }
  return slots;
}

/** The child of that name, which stands somewhere in a path. */
function found(slots: PathSlots, parent: number, name: string): number {
  const path = Buffer.from(`some/${name}/where`);
  return slots.find(parent, path, 'some/'.length, path.length - '/where'.length);
}

describe.each<[string, () => PathSlots]>([
  ['were added one by one', () => table('told')],
  [
    'are entered all at once',
    () => {
      const slots = table('untold');
      slots.fill(COUNT, parentOf);
      return slots;
    },
  ],
])('children that %s', (_how, make) => {
  it('are found by parent and name, and no others', () => {
    const slots = make();
    for (let node = 1; node < COUNT; node++) expect(found(slots, parentOf(node), nameOf(node))).toBe(node);
    expect(found(slots, PARENTS, nameOf(1))).toBe(-1);
    expect(found(slots, 1, 'name')).toBe(-1);
  });

  it('may be followed by others', () => {
    const slots = make();
    expect(found(slots, parentOf(COUNT), nameOf(COUNT))).toBe(-1);
    slots.add(COUNT);
    expect(found(slots, parentOf(1), nameOf(1))).toBe(1);
  });
});
