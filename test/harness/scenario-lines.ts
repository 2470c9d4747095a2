/** What a scenario expects of a line: to hold a text, to match an expression, to be exactly so, to be the chosen one. */

/** A text that the line holds, or an expression that it matches. */
export type Pattern = string | RegExp;

export interface ExpectedLine {
  readonly pattern: Pattern;
  readonly isWhole?: boolean;
  readonly isSelected?: boolean;
}

/** What is expected of one line. */
export type Line = Pattern | ExpectedLine;

/** A line that is this text and nothing else, but for blanks around it. */
export const exactly = (pattern: string): ExpectedLine => ({ pattern, isWhole: true });

/** A line that has the cursor. */
export const selected = (line: Line): ExpectedLine => ({ ...expected(line), isSelected: true });

function expected(line: Line): ExpectedLine {
  return typeof line === 'object' && 'pattern' in line ? line : { pattern: line };
}

export function holds(text: string, pattern: Pattern): boolean {
  return typeof pattern === 'string' ? text.includes(pattern) : text.search(pattern) >= 0;
}

export function quoted(pattern: Pattern): string {
  return typeof pattern === 'string' ? `“${pattern}”` : String(pattern);
}

/**
 * Whether lines stand among rows, one after the other from row `from` on.
 * As soon as one of them says where the cursor is, it must be on none of the others.
 */
export function standAt(
  lines: readonly Line[],
  rows: readonly string[],
  cursor: number,
  from: number,
): boolean {
  const all = lines.map(expected);
  const tellsCursor = all.some(({ isSelected }) => isSelected === true);
  return all.every(({ pattern, isWhole = false, isSelected = false }, index) => {
    const row = rows[from + index];
    if (row === undefined) return false;
    if (tellsCursor && isSelected !== (cursor === from + index)) return false;
    return isWhole ? row.trim() === pattern : holds(row, pattern);
  });
}

/** The lines as a list, for the message of a failure. */
export function describeLines(lines: readonly Line[]): string {
  return lines
    .map(expected)
    .map(({ pattern, isWhole = false, isSelected = false }) => {
      return `  ${isSelected ? '▸' : ' '} ${isWhole ? 'exactly ' : ''}${quoted(pattern)}`;
    })
    .join('\n');
}
