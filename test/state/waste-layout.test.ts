import { describe, expect, it } from 'vitest';
import { MIN_COLUMNS, MIN_ROWS } from '../../src/state/layout.ts';
import { WASTE_LISTS, type WasteList } from '../../src/state/waste-state.ts';
import { wasteLayoutOf } from '../../src/state/waste-layout.ts';

const parts = (columns: number, rows: number, focus: WasteList = 'groups') => {
  const { totals, lists, tips } = wasteLayoutOf({ columns, rows }, focus);
  return { totals: totals.rows, groups: lists.groups?.rows, copies: lists.copies?.rows, tips: tips?.rows };
};

describe('the panes of the waste', () => {
  it('stand one below the other, with what would help at the bottom', () => {
    expect(parts(120, 40)).toEqual({ totals: 7, groups: 11, copies: 14, tips: 6 });
    expect(parts(120, 60)).toEqual({ totals: 7, groups: 19, copies: 24, tips: 8 });
  });

  it('have what would help beside the totals from 150 columns on', () => {
    expect(wasteLayoutOf({ columns: 150, rows: 40 }, 'groups').tips).toMatchObject({
      isBeside: true,
      rows: 7,
    });
    expect(wasteLayoutOf({ columns: 149, rows: 40 }, 'groups').tips).toMatchObject({ isBeside: false });
    expect(parts(200, 60)).toEqual({ totals: 7, groups: 23, copies: 28, tips: 7 });
  });

  it('give way as rows become few: first what would help, then the list without the focus', () => {
    expect(parts(80, 24)).toEqual({ totals: 7, groups: 7, copies: 8, tips: undefined });
    expect(parts(80, 20)).toEqual({ totals: 7, groups: 11, copies: undefined, tips: undefined });
    expect(parts(80, 20, 'copies')).toEqual({ totals: 7, groups: undefined, copies: 11, tips: undefined });
  });

  it('fill the screen at every size, and show the list that has the focus', () => {
    for (let columns = MIN_COLUMNS; columns <= 250; columns += 10) {
      for (let rows = MIN_ROWS; rows <= 100; rows++) {
        for (const focus of WASTE_LISTS) {
          const { totals, lists, tips } = wasteLayoutOf({ columns, rows }, focus);
          const below = tips === null || tips.isBeside ? 0 : tips.rows;
          expect(totals.rows + (lists.groups?.rows ?? 0) + (lists.copies?.rows ?? 0) + below).toBe(rows - 2);
          expect(totals.columns + (tips?.isBeside === true ? tips.columns : 0)).toBe(columns);
          expect(lists[focus]?.listRows).toBeGreaterThanOrEqual(3);
        }
      }
    }
  });
});
