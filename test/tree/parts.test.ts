import { expect, it } from 'vitest';
import { partAt } from '../../src/tree/parts.ts';

it('a position is in the last part that begins at it or before', () => {
  const starts = [0, 3, 3, 10];
  const partOf = { 0: 0, 2: 0, 3: 2, 9: 2, 10: 3, 99: 3 };
  for (const [position, part] of Object.entries(partOf)) expect(partAt(starts, Number(position))).toBe(part);
});
