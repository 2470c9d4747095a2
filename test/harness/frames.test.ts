import { afterEach, describe, expect, it } from 'vitest';
import { panesOf } from './frames.ts';
import { Screen } from './screen.ts';

const drawn: Screen[] = [];

afterEach(() => {
  for (const screen of drawn.splice(0)) screen.dispose();
});

async function screenOf(...lines: readonly string[]): Promise<Screen> {
  const screen = new Screen(30, lines.length);
  drawn.push(screen);
  await screen.draw(lines.join('\r\n'));
  return screen;
}

describe('the panes of a screen', () => {
  it('are found beside and below each other, with the focus and the cursor', async () => {
    const screen = await screenOf(
      '┌─ Layers ─┐┏━ Files  a b ━━━┓',
      '│▸ one     │┃ ▸ folded       ┃',
      '└──────────┘┃▸  chosen       ┃',
      '┌─ Waste ──┐┃                ┃',
      '└──────────┘┗━━━━━━━━━━━━━━━━┛',
    );
    expect(panesOf(screen)).toMatchObject([
      { name: 'Layers', title: 'Layers', hasFocus: false, selected: 0, rows: ['▸ one'] },
      { name: 'Files', title: 'Files  a b', hasFocus: true, selected: 1 },
      { name: 'Waste', hasFocus: false, selected: -1, rows: [] },
    ]);
  });

  it('have a second title at the right end', async () => {
    const screen = await screenOf('┌─ Files  x ─── by size · 3 ─┐', '└────────────────────────────┘');
    expect(panesOf(screen)).toMatchObject([{ title: 'Files  x', note: 'by size · 3' }]);
  });

  it('are found in ASCII too, whatever stands in them', async () => {
    const screen = await screenOf(
      '#= Files  a b ====== 1 of 2 =#',
      '# +-  a name                 #',
      '#>#= no pane =====#          #',
      '#============================#',
      '+- Waste --------------------+',
      '| #1                         |',
      '+----------------------------+',
    );
    expect(panesOf(screen)).toMatchObject([
      {
        name: 'Files',
        note: '1 of 2',
        hasFocus: true,
        selected: 1,
        rows: [' +-  a name', '>#= no pane =====#'],
      },
      { name: 'Waste', hasFocus: false },
    ]);
  });

  it('are none where a border does not close', async () => {
    expect(panesOf(await screenOf('┌─ Files ─┐', '│         │', '└─────────'))).toEqual([]);
    expect(panesOf(await screenOf('┌─ Files ──┐', '└─────────┘'))).toEqual([]);
  });

  it('count wide characters as two cells', async () => {
    const screen = await screenOf(
      '┏━ Files ━━┓┌─ Waste ────┐',
      '┃▸ 日本語  ┃│ x          │',
      '┗━━━━━━━━━━┛└────────────┘',
    );
    expect(panesOf(screen).map(({ rows }) => rows)).toEqual([['▸ 日本語'], [' x']]);
  });
});
