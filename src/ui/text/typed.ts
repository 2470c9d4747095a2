// A text that is typed, with its cursor.

import { visible } from '../../image/text.ts';
import { caretOf, type TypedLine } from '../../state/line-editor.ts';
import type { Glyphs } from '../theme.ts';
import { cells, fit, fitTail, type Line, segment } from './segments.ts';

/** Share of the width that what stands behind the cursor has at least, where it needs it. */
const BEHIND = 1 / 3;

/**
 * The text and its cursor. Of one that is too long what is around the cursor is seen.
 * @param width cells of the text; its cursor takes one more.
 */
export function typedSegments(line: TypedLine, width: number, glyphs: Glyphs): Line {
  const at = caretOf(line);
  const before = visible(line.text.slice(0, at));
  const after = visible(line.text.slice(at));
  const behind = Math.max(0, Math.floor(Math.max(width - cells(before), width * BEHIND)));
  const tail = cells(after) <= behind ? after : fit(after, behind, glyphs.ellipsis);
  const room = Math.max(0, width - cells(tail));
  const head = cells(before) <= room ? before : fitTail(before, room, glyphs.ellipsis);
  if (after === '') return [segment(head), segment(glyphs.typing)];
  return [segment(head), segment(glyphs.caret), segment(tail)];
}
