/** What standard error shows of reading where there is no screen. */
import { describe, expect, it } from 'vitest';
import { ProgressLine, progressText } from '../../src/cli/progress-line.ts';
import type { LoadEvent } from '../../src/cli/load-image.ts';

const READING: LoadEvent = { type: 'progress', phase: 'reading', bytes: 412_000_000, total: 1_020_000_000 };

/** What is written while an event is heard and the line is erased. */
function written(isTTY: boolean, TERM?: string): string[] {
  const texts: string[] = [];
  const line = new ProgressLine(
    { isTTY, write: (text) => texts.push(text) },
    TERM === undefined ? {} : { TERM },
  );
  line.hear(READING);
  line.erase();
  line.erase();
  return texts;
}

describe('the line of progress', () => {
  it('is drawn over itself on a terminal, and erased once', () => {
    expect(written(true)).toEqual(['\r\u001b[Kreading 412.0 MB of ~1.02 GB', '\r\u001b[K']);
  });

  it('is for terminals alone, and for those that can erase it', () => {
    expect(written(false)).toEqual([]);
    expect(written(true, 'dumb')).toEqual([]);
  });

  it('is not erased where nothing has been drawn', () => {
    const texts: string[] = [];
    new ProgressLine({ isTTY: true, write: (text) => texts.push(text) }, {}).erase();
    expect(texts).toEqual([]);
  });
});

describe('progress in words', () => {
  const layer = { id: 'a', status: 'Downloading', total: null, share: null };

  it.each<[LoadEvent, string]>([
    [READING, 'reading 412.0 MB of ~1.02 GB'],
    [{ type: 'progress', phase: 'reading', bytes: 5, total: null }, 'reading 5 B'],
    [{ type: 'kept' }, 'read before: from what was kept'],
    [{ type: 'progress', phase: 'comparing', bytes: 5, total: 9 }, 'comparing 5 B of 9 B'],
    [{ type: 'progress', phase: 'preparing', bytes: 0, total: 9 }, 'the daemon prepares the export'],
    [
      {
        type: 'pull',
        layers: [
          { ...layer, fetched: 1000, isDone: true },
          { ...layer, fetched: 500, isDone: false },
        ],
      },
      'pulling: 1 of 2 layers, 1.5 kB',
    ],
  ])('%j', (event, text) => {
    expect(progressText(event)).toBe(text);
  });
});
