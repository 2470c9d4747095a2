import { afterEach, describe, expect, it, vi } from 'vitest';
import { capacityFor, grown, Int32List } from '../../src/tree/growable.ts';

const LARGE = 100_000;

describe('a column that grows', () => {
  it.each([10, LARGE])('keeps what it holds, and has zeros behind it (%d elements)', (length) => {
    const column = new Int32Array(length).fill(7);
    const longer = grown(column, 2 * length);
    expect(longer).toHaveLength(2 * length);
    expect(longer.subarray(0, length)).toEqual(column);
    expect(longer.subarray(length)).toEqual(new Int32Array(length));
  });

  it('stays of its kind', () => {
    expect(grown(new Uint8Array(3), 5)).toBeInstanceOf(Uint8Array);
    expect(grown(new Float64Array(3), LARGE)).toBeInstanceOf(Float64Array);
  });

  it('is not copied again once it is large', () => {
    const large = grown(new Float64Array(10), LARGE);
    const larger = grown(large, 3 * LARGE);
    expect(larger.buffer).toBe(large.buffer);
    expect(larger).toHaveLength(3 * LARGE);
  });

  it('is given just what it asks for where it held nothing', () => {
    expect(grown(new Int32Array(0), LARGE).buffer.byteLength).toBe(LARGE * 4);
  });

  it('has room to grow into that nobody takes for memory', () => {
    const before = process.memoryUsage().external;
    const large = grown(new Int32Array(10), LARGE);
    expect(large.buffer.byteLength).toBeGreaterThan(16 * large.byteLength);
    expect(process.memoryUsage().external - before).toBeLessThanOrEqual(large.byteLength);
  });

  it('is copied where it is only a part of another one', () => {
    const large = grown(new Int32Array(10), LARGE);
    large[5] = 1;
    const part = large.subarray(5, 10);
    const longer = grown(part, 20);
    expect(longer.buffer).not.toBe(large.buffer);
    expect(Array.from(longer.subarray(0, 6))).toEqual([1, 0, 0, 0, 0, 0]);
  });
});

describe('a column that grows where the process has no address space left', () => {
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.resetModules();
  });

  it('is copied, and asks for some but once', async () => {
    const ask = vi.fn(function () {
      throw new RangeError('Array buffer allocation failed');
    });
    vi.stubGlobal('SharedArrayBuffer', ask);
    vi.resetModules();
    const own = await import('../../src/tree/growable.ts');
    let column = new Int32Array(10).fill(7);
    for (const length of [LARGE, 2 * LARGE, 3 * LARGE]) {
      column = own.grown(column, length);
      expect(column).toHaveLength(length);
      expect(column.buffer.byteLength).toBe(length * 4);
      expect(Array.from(column.subarray(8, 12))).toEqual([7, 7, 0, 0]);
    }
    expect(ask).toHaveBeenCalledTimes(1);
  });
});

describe('capacity', () => {
  it('is half as much again as is needed', () => {
    expect(capacityFor(10_000)).toBe(15_000);
    expect(capacityFor(1)).toBe(1024);
  });
});

describe('a list of whole numbers', () => {
  it('takes as many as come', () => {
    const list = new Int32List();
    for (let number = 0; number < 1000; number++) list.push(-number);
    expect(list).toHaveLength(1000);
    expect(list.at(999)).toBe(-999);
    list.clear();
    expect(list.view()).toHaveLength(0);
  });
});
