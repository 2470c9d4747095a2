import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { HexView } from '../../src/content/hex-view.ts';

const bytes = Buffer.from(Array.from({ length: 300 }, (_, index) => (index * 7) & 0xff));

describe('bytes as numbers', () => {
  it('are written as hexdump writes them', (test) => {
    let dumped: string;
    try {
      dumped = execFileSync('hexdump', ['-Cv'], { input: bytes, encoding: 'utf8' });
    } catch {
      test.skip('no hexdump here');
      return;
    }
    const lines = dumped.trimEnd().split('\n').slice(0, -1);
    expect(new HexView(bytes).rows(0, 100)).toEqual(lines);
  });

  it('come in rows of sixteen, any of them at once', () => {
    const view = new HexView(Buffer.from('\x7fELF\x02\x01\x01 and so on: 18b', 'latin1'));
    expect(view.rowCount).toBe(2);
    expect(view.rows(0, 9)).toEqual([
      '00000000  7f 45 4c 46 02 01 01 20  61 6e 64 20 73 6f 20 6f  |.ELF... and so o|',
      '00000010  6e 3a 20 31 38 62                                 |n: 18b|',
    ]);
    expect(view.rows(1, 1)).toEqual(view.rows(0, 9).slice(1));
    expect(view.rows(2, 1)).toEqual([]);
    expect([view.rowOf(15), view.rowOf(16), view.offsetOf(1)]).toEqual([0, 1, 16]);
  });

  it('may be none', () => {
    expect(new HexView(new Uint8Array(0)).rows(0, 5)).toEqual([]);
  });
});

describe('what is found among bytes', () => {
  const view = new HexView(Buffer.from('0123456789abcdefABCDEF'));

  /** What the spans of a row cover. */
  function covered(typed: string, row: number): string[] {
    const needle = view.needle(typed);
    const [text = ''] = view.rows(row, 1);
    return needle === null ? [] : view.spans(row, needle).map(({ start, end }) => text.slice(start, end));
  }

  it('is marked in both columns', () => {
    expect(covered('789', 0)).toEqual(['37  38 39', '789']);
  });

  it('is marked in each row that it stands in', () => {
    expect(covered('efAB', 0)).toEqual(['65 66', 'ef']);
    expect(covered('efAB', 1)).toEqual(['41 42', 'AB']);
  });

  it('may be written as bytes', () => {
    expect(covered('37 38 39', 0)).toEqual(['37  38 39', '789']);
    expect(covered('0x3738', 0)).toEqual(['37  38', '78']);
  });

  it('finds capitals for small letters', () => {
    expect(covered('abc', 0)).toEqual(['61 62 63', 'abc']);
    expect(covered('abc', 1)).toEqual(['41 42 43', 'ABC']);
    expect(covered('ABC', 0)).toEqual([]);
  });
});
