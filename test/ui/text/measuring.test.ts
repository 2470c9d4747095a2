/** How much of a long line is measured to show a part of it. */
import { beforeEach, expect, it, vi } from 'vitest';
import { TextView } from '../../../src/content/text-view.ts';
import { segment, sliceCells } from '../../../src/ui/text/segments.ts';

const measured = vi.hoisted(() => ({ units: 0 }));

vi.mock('string-width', async (original) => {
  const { default: width } = await original<typeof import('string-width')>();
  return {
    default: (text: string) => {
      measured.units += text.length;
      return width(text);
    },
  };
});

const LINE = '漢字'.repeat(1000);
/** Of these nobody knows without measuring how wide they are. */
const EMOJI = '\u{1f600}'.repeat(1000);

beforeEach(() => {
  measured.units = 0;
});

it('the cells of a line are cut out without a look at what follows', () => {
  const cut = sliceCells([segment(EMOJI), segment(EMOJI)], 8, 100);
  expect(cut).toEqual([segment('\u{1f600}'.repeat(50))]);
  expect(measured.units).toBeGreaterThan(0);
  expect(measured.units).toBeLessThanOrEqual(120);
});

it('a row of a text is not measured for its sake', () => {
  const view = new TextView(Buffer.from(`${LINE}\n\t${LINE}`), 'UTF-8');
  expect(view.rows(0, 2)).toEqual([LINE, `        ${LINE}`]);
  const needle = view.needle('字');
  if (needle === null) throw new Error('no needle');
  expect(view.spans(0, needle)[1]).toEqual({ start: 3, end: 4 });
  expect(measured.units).toBe(0);
});
