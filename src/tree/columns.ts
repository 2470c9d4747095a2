// Columns under names: what is kept of an image, and had again without walking anything.

import type { Column } from './growable.ts';

/** Columns under names, to be kept and had again. */
export type Columns = ReadonlyMap<string, Column>;

/**
 * A column that was kept.
 * @param length what it must have, where that is known.
 * @throws RangeError where there is none of that kind and length.
 */
export function columnIn<C extends Column>(
  columns: Columns,
  name: string,
  Kind: new (length: number) => C,
  length?: number,
): C {
  const column = columns.get(name);
  if (column instanceof Kind && (length === undefined || column.length === length)) return column;
  throw new RangeError(`No such column: ${name}.`);
}

/** The columns of several parts, under names that begin with the part's. */
export function together(parts: Readonly<Record<string, Columns>>): Columns {
  return new Map(
    Object.entries(parts).flatMap(([part, columns]) =>
      Array.from(columns, ([name, column]): [string, Column] => [`${part}/${name}`, column]),
    ),
  );
}

/** The columns of one part, under their own names. */
export function partOf(columns: Columns, part: string): Columns {
  const start = `${part}/`;
  return new Map(
    Array.from(columns)
      .filter(([name]) => name.startsWith(start))
      .map(([name, column]) => [name.slice(start.length), column]),
  );
}
