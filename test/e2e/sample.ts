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
