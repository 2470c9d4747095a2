import type { Screen } from '../harness/screen.ts';
import { openPeel, type Terminal } from '../harness/terminal.ts';

/** The sizes that every scenario runs at: the smallest usual terminal, and one on which all panes fit. */
export const sizes = [
  { columns: 80, rows: 24 },
  { columns: 120, rows: 40 },
] as const;

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** What the header says once the whole image has been read: until then, figures still grow. */
export const read = /wasted \d/;

/** Opens the built-in image and waits until all of it has been read. */
export async function openSample(size: Size, env: Record<string, string> = {}): Promise<Terminal> {
  const peel = openPeel(['--sample'], { ...size, env });
  await peel.screen.shows(read);
  return peel;
}

/** Waits until the explorer fills the screen as large as it is now: its outer corners stand where they belong. */
export async function fills(screen: Screen): Promise<void> {
  await screen.until('the explorer fills the screen', () => {
    const corners = screen.charAt(screen.columns - 1, 1) + screen.charAt(screen.columns - 1, screen.rows - 2);
    return /[┐┓][┘┛]/u.test(corners) && screen.line(-1).includes('? keys');
  });
}

/** Title of the pane with the thick border, which is the one that keys go to. */
export function focused(screen: Screen): string {
  return /[┏#][━=] (.*?) +(?:[━=]|[┓#])/u.exec(screen.text())?.[1] ?? 'none';
}

/** Rows of the pane whose title begins with `title`, without its borders and the blanks at their ends. */
export function rowsOf(screen: Screen, title: string): string[] {
  const { x, y } = screen.find(new RegExp(`[┌┏][─━] ${title}`, 'u'));
  const rows: string[] = [];
  for (const line of screen.lines().slice(y + 1)) {
    const cells = cellsOf(line).slice(x);
    if (/[└┗]/u.test(cells[0] ?? '')) break;
    const end = cells.findIndex((cell, i) => i > 0 && /[│┃]/u.test(cell));
    rows.push(cells.slice(1, end).join('').trimEnd());
  }
  return rows;
}

/** One entry a cell: a wide character takes two, the second of them empty. */
function cellsOf(line: string): string[] {
  return Array.from(line).flatMap((char) => (/\p{Script=Han}/u.test(char) ? [char, ''] : [char]));
}
