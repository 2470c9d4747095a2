import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatBytes,
  formatDelta,
  formatExactBytes,
  formatMode,
  formatPercent,
  formatShare,
  formatTime,
} from '../../src/image/format.ts';

describe('bytes', () => {
  it.each([
    [0, '0 B'],
    [1, '1 B'],
    [999, '999 B'],
    [1000, '1.0 kB'],
    [1049, '1.0 kB'],
    [1050, '1.1 kB'],
    [999_949, '999.9 kB'],
    [999_950, '1.0 MB'],
    [999_999, '1.0 MB'],
    [1_000_000, '1.0 MB'],
    [2_000_000, '2.0 MB'],
    [547_100_000, '547.1 MB'],
    [999_949_999, '999.9 MB'],
    [999_950_000, '1.00 GB'],
    [1_016_990_000, '1.02 GB'],
    [9_994_999_999, '9.99 GB'],
    [9_995_000_000, '10.0 GB'],
    [12_345_000_000, '12.3 GB'],
    [1_500_000_000_000, '1.50 TB'],
    [2e15, '2.00 PB'],
    [5e18, '5000.0 PB'],
  ])('%d are read as %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });

  it('never take more than 8 cells up to a petabyte, and never show a thousand of a unit', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e15 }), (bytes) => {
        const text = formatBytes(bytes);
        expect(text.length).toBeLessThanOrEqual(8);
        expect(Number(text.split(' ')[0])).toBeLessThan(1000);
      }),
    );
  });

  it('to the last one stand in groups of three', () => {
    expect(formatExactBytes(0)).toBe('0 B');
    expect(formatExactBytes(999)).toBe('999 B');
    expect(formatExactBytes(1000)).toBe('1 000 B');
    expect(formatExactBytes(2_000_000)).toBe('2 000 000 B');
    expect(formatExactBytes(12_345_678)).toBe('12 345 678 B');
  });
});

describe('a share', () => {
  it('is a percentage with one digit', () => {
    expect(formatShare(205, 1000)).toBe('20.5 %');
    expect(formatShare(1, 1)).toBe('100.0 %');
    expect(formatPercent(0.2056)).toBe('20.6 %');
  });

  it('of nothing is nothing', () => {
    expect(formatShare(0, 0)).toBe('0.0 %');
  });
});

describe('a mode', () => {
  it.each([
    [0o644, 'rw-r--r--'],
    [0o755, 'rwxr-xr-x'],
    [0o000, '---------'],
    [0o777, 'rwxrwxrwx'],
    [0o4755, 'rwsr-xr-x'],
    [0o4644, 'rwSr--r--'],
    [0o2755, 'rwxr-sr-x'],
    [0o2745, 'rwxr-Sr-x'],
    [0o1777, 'rwxrwxrwt'],
    [0o1776, 'rwxrwxrwT'],
    [0o7000, '--S--S--T'],
    [0o7777, 'rwsrwsrwt'],
  ])('%o is written as ls writes it', (mode, text) => {
    expect(formatMode(mode)).toBe(text);
  });
});

describe('a moment', () => {
  it('is written in UTC, to the minute', () => {
    expect(formatTime(new Date('2026-11-21T01:41:59.999Z'))).toBe('2026-11-21 01:41');
    expect(formatTime(new Date('2026-11-21T01:41:00+02:00'))).toBe('2026-11-20 23:41');
  });
});

describe('a change in bytes', () => {
  it.each([
    [2_000_000, '+2.0 MB'],
    [-1100, '-1.1 kB'],
    [1, '+1 B'],
    [0, ''],
  ])('of %d is written %j', (bytes, text) => {
    expect(formatDelta(bytes)).toBe(text);
  });
});
