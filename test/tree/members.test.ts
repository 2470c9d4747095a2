import { describe, expect, it } from 'vitest';
import { Members } from '../../src/tree/members.ts';
import { PathTable, ROOT } from '../../src/tree/path-table.ts';

const paths = new PathTable();
const [a, b, c] = ['d/a', 'd/e/b', 'c'].map((path) => paths.intern(path)) as [number, number, number];
const d = paths.parent(a);
const e = paths.parent(b);

const seen = (members: Members) =>
  [ROOT, d, a, e, b, c].map((node) => [
    members.has(node),
    members.isMatch(node),
    members.childCount(node),
    members.bytesOf(node),
  ]);

describe('members', () => {
  it('bring the directories above them, which count and weigh what is below', () => {
    const members = new Members(paths);
    members.add(a, 3);
    members.add(b, 4);
    expect(seen(members)).toEqual([
      [true, false, 1, 7],
      [true, false, 2, 7],
      [true, true, 0, 3],
      [true, false, 1, 4],
      [true, true, 0, 4],
      [false, false, 0, 0],
    ]);
    expect(members.matchCount).toBe(2);
  });

  it('are the same when they are marked and summed up', () => {
    const added = new Members(paths);
    const marked = new Members(paths);
    for (const node of [a, b, c, d]) {
      added.add(node, node + 1);
      marked.mark(node, node + 1);
    }
    marked.sumUp();
    expect(seen(marked)).toEqual(seen(added));
  });

  it('leave nothing when they are taken out, in whatever order', () => {
    const before = new Members(paths);
    before.add(c, 1);
    for (const order of [
      [d, e, b],
      [b, e, d],
      [e, d, b],
    ]) {
      const members = new Members(paths, before);
      for (const node of [d, e, b]) members.add(node, 5);
      for (const node of order) members.takeOut(node, 5);
      expect(seen(members)).toEqual(seen(before));
      expect(members.matchCount).toBe(1);
    }
  });

  it('stay where something below them is left', () => {
    const members = new Members(paths);
    members.add(d, 0);
    members.add(a, 3);
    members.takeOut(d, 0);
    expect([members.has(d), members.isMatch(d), members.childCount(ROOT)]).toEqual([true, false, 1]);
  });
});
