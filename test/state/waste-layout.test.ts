import { describe, expect, it } from 'vitest';
import { MIN_COLUMNS, MIN_ROWS } from '../../src/state/layout.ts';
import { WASTE_LISTS, type WasteList } from '../../src/state/waste-state.ts';
import { wasteLayoutOf } from '../../src/state/waste-layout.ts';

const wishes = (focus: WasteList = 'groups', isZoomed = false, isAdvising = false) => {
  return { focus, isZoomed, isAdvising };
};

const parts = (columns: number, rows: number, ...wished: Parameters<typeof wishes>) => {
  const { totals, lists, tips } = wasteLayoutOf({ columns, rows }, wishes(...wished));
  return { totals: totals?.rows, groups: lists.groups?.rows, copies: lists.copies?.rows, tips: tips?.rows };
};

const WISHES = WASTE_LISTS.flatMap((focus) =>
  [false, true].flatMap((isZoomed) => [false, true].map((isAdvising) => wishes(focus, isZoomed, isAdvising))),
);

describe('the panes of the waste', () => {
  it('stand one below the other, with what would help at the bottom', () => {
    expect(parts(120, 40)).toEqual({ totals: 7, groups: 11, copies: 14, tips: 6 });
    expect(parts(120, 60)).toEqual({ totals: 7, groups: 19, copies: 24, tips: 8 });
  });

  it('have what would help beside the totals from 150 columns on', () => {
    expect(wasteLayoutOf({ columns: 150, rows: 40 }, wishes()).tips).toMatchObject({
      isBeside: true,
      rows: 7,
    });
    expect(wasteLayoutOf({ columns: 149, rows: 40 }, wishes()).tips).toMatchObject({ isBeside: false });
    expect(parts(200, 60)).toEqual({ totals: 7, groups: 23, copies: 28, tips: 7 });
  });

  it('give way as rows become few: first what would help, then the list without the focus', () => {
    expect(parts(80, 24)).toEqual({ totals: 7, groups: 7, copies: 8, tips: undefined });
    expect(parts(80, 20)).toEqual({ totals: 7, groups: 11, copies: undefined, tips: undefined });
    expect(parts(80, 20, 'copies')).toEqual({ totals: 7, groups: undefined, copies: 11, tips: undefined });
  });

  it('give what would help its place where somebody asks for it', () => {
    expect(parts(80, 24, 'groups', false, true)).toEqual({
      totals: 7,
      groups: 6,
      copies: undefined,
      tips: 9,
    });
    expect(parts(80, 24, 'copies', false, true)).toEqual({
      totals: 7,
      groups: undefined,
      copies: 6,
      tips: 9,
    });
    expect(parts(60, 15, 'groups', false, true)).toMatchObject({ totals: undefined, groups: 6, tips: 7 });
    expect(parts(120, 40, 'groups', false, true)).toEqual(parts(120, 40));
    expect(parts(200, 60, 'groups', false, true)).toEqual(parts(200, 60));
  });

  it('leave the screen to one list that is zoomed, and to what would help where it is asked for', () => {
    for (const [columns, rows] of [[80, 24] as const, [120, 40] as const, [200, 60] as const]) {
      expect(parts(columns, rows, 'copies', true)).toEqual({ copies: rows - 2 });
      const advised = parts(columns, rows, 'groups', true, true);
      expect(advised).toMatchObject({ totals: undefined, copies: undefined });
      expect((advised.groups ?? 0) + (advised.tips ?? 0)).toBe(rows - 2);
    }
  });

  it('fill the screen at every size, and show the list that has the focus', () => {
    for (let columns = MIN_COLUMNS; columns <= 250; columns += 10) {
      for (let rows = MIN_ROWS; rows <= 100; rows++) {
        for (const wished of WISHES) {
          const { totals, lists, tips } = wasteLayoutOf({ columns, rows }, wished);
          const below = tips === null || tips.isBeside ? 0 : tips.rows;
          const listed = (lists.groups?.rows ?? 0) + (lists.copies?.rows ?? 0);
          expect((totals?.rows ?? 0) + listed + below).toBe(rows - 2);
          expect((totals?.columns ?? columns) + (tips?.isBeside === true ? tips.columns : 0)).toBe(columns);
          expect(lists[wished.focus]?.listRows).toBeGreaterThanOrEqual(3);
        }
      }
    }
  });
});
