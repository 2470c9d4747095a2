import { expect, it } from 'vitest';
import { contentRequest } from '../../src/tree/content-request.ts';
import { directory, file, hardlink, symlink, whiteout } from '../harness/archive.ts';
import { analysisOf, nodeOf } from '../harness/tree.ts';

const analysis = analysisOf(
  [directory('d'), file('d/a', 'one'), hardlink('d/b', 'd/a'), symlink('d/s', 'a'), hardlink('d/x', 'none')],
  [whiteout('gone'), file('d/a', 'three'), hardlink('d/c', 'd/b')],
);

function request(path: string, layer: number) {
  const { stack, tables } = analysis;
  return contentRequest(stack, tables, stack.records.shownAt(nodeOf(analysis, path), layer));
}

it('a file is asked for where its layer stores it, whiteouts counted', () => {
  expect(request('d/a', 0)).toEqual({ layer: 0, entry: 1, path: 'd/a', size: 3 });
  expect(request('d/a', 1)).toEqual({ layer: 1, entry: 1, path: 'd/a', size: 5 });
});

it('a hard link is asked for as the file that it leads to, in whatever layer that is', () => {
  expect(request('d/b', 0)).toEqual(request('d/a', 0));
  expect(request('d/c', 1)).toEqual(request('d/a', 0));
});

it('what has no content is not asked for', () => {
  for (const path of ['d', 'd/s', 'd/x', 'gone']) expect(request(path, 0)).toBeNull();
});
