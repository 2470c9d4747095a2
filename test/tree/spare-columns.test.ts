import { describe, expect, it } from 'vitest';
import { type EntryColumns, noColumns, resizedColumns } from '../../src/tree/entry-columns.ts';
import { SpareColumns } from '../../src/tree/spare-columns.ts';

const columnsFor = (rows: number): EntryColumns => resizedColumns(noColumns(), rows);

describe('columns that nobody needs', () => {
  it('are there for the next who does', () => {
    const spares = new SpareColumns();
    expect(spares.take()).toBeNull();
    const some = columnsFor(10);
    spares.give(some);
    expect(spares.take()).toBe(some);
    expect(spares.take()).toBeNull();
  });

  it('are kept as long as they are few, and not large', () => {
    const spares = new SpareColumns();
    spares.give(columnsFor(0));
    spares.give(columnsFor(1_000_000));
    expect(spares.take()).toBeNull();
    for (let count = 0; count < 10; count++) spares.give(columnsFor(10));
    const taken = Array.from({ length: 10 }, () => spares.take());
    expect(taken.filter((columns) => columns !== null)).toHaveLength(4);
  });
});
