import { expect, it, vi } from 'vitest';
import { readContents } from '../../src/cli/read-contents.ts';
import type { ImageSource } from '../../src/image/source.ts';
import type { ContentLoad } from '../../src/state/file-state.ts';

it('tells every second how long a content has been waited for, until the source is done', async () => {
  vi.useFakeTimers();
  const done = Promise.withResolvers<undefined>();
  const source: Pick<ImageSource, 'content'> = { content: () => done.promise };
  const told: ContentLoad[] = [];
  const wanted = [{ inode: 7, request: { layer: 0, entry: 0, path: 'a', size: 1 } }];
  const reading = readContents(
    source as ImageSource,
    wanted,
    (_, load) => told.push(load),
    new AbortController().signal,
  );
  await vi.advanceTimersByTimeAsync(2000);
  expect(told).toMatchObject([{ waited: 1000 }, { waited: 2000 }]);
  done.resolve(undefined);
  await reading;
  await vi.advanceTimersByTimeAsync(5000);
  expect(told).toHaveLength(2);
  vi.useRealTimers();
});
