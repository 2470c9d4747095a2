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

beforeEach(() => {
  measured.units = 0;
});

it('the cells of a line are cut out without a look at what follows', () => {
  expect(sliceCells([segment(LINE), segment(LINE)], 8, 100)).toEqual([segment('漢字'.repeat(25))]);
  expect(measured.units).toBeLessThanOrEqual(60);
});

it('a row of a text is not measured for its sake', () => {
  const view = new TextView(Buffer.from(`${LINE}\n\t${LINE}`), 'UTF-8');
  expect(view.rows(0, 2)).toEqual([LINE, `        ${LINE}`]);
  const needle = view.needle('字');
  if (needle === null) throw new Error('no needle');
  expect(view.spans(0, needle)[1]).toEqual({ start: 3, end: 4 });
  expect(measured.units).toBe(0);
});
