import { stripVTControlCharacters } from 'node:util';
import { render } from 'ink-testing-library';
import { describe, expect, it } from 'vitest';
import { initialState, type State } from '../../../src/state/state.ts';
import { Images } from '../../../src/ui/screens/images.tsx';
import { DEFAULT_KEYMAP } from '../../../src/ui/keymap.ts';
import { themeFor } from '../../../src/ui/theme.ts';

const IMAGES = Array.from({ length: 30 }, (_, index) => ({
  reference: `shop-${index}:latest`,
  bytes: 1_000_000 * (index + 1),
  created: 1_700_000_000 + index,
  platform: 'linux/amd64',
}));

function screen(picker: Partial<State['picker']>): string[] {
  const state = initialState({ columns: 80, rows: 24 }, 'images');
  const shown = { ...state, picker: { ...state.picker, images: IMAGES, ...picker } };
  const theme = themeFor({ palette: 'mono', unicode: true });
  const frame =
    render(<Images state={shown} theme={theme} keymap={DEFAULT_KEYMAP} rows={22} />).lastFrame() ?? '';
  return stripVTControlCharacters(frame).split('\n');
}

describe('the list of images', () => {
  it('tells name, size, moment and platform of each', () => {
    const [heading, first] = screen({});
    expect(heading?.trim().split(/\s+/)).toEqual(['image', 'size', 'created', 'platform']);
    expect(first).toMatch(/^ ▸ shop-0:latest +1\.0 MB +2023-11-14 22:13 +linux\/amd64/);
  });

  it('shows the window of rows around its cursor', () => {
    const rows = screen({ cursor: 29 });
    expect(rows.find((row) => row.includes('▸'))).toContain('shop-29:latest');
    expect(rows.some((row) => row.includes('shop-0:'))).toBe(false);
  });

  it('shows what its filter lets through, and says so when that is nothing', () => {
    expect(screen({ filter: 'shop-7' }).filter((row) => row.includes('shop-'))).toHaveLength(1);
    expect(screen({ filter: 'zz' }).join('\n')).toContain('No image is called zz');
  });

  it('says that it waits, and why the images are missing', () => {
    expect(screen({ images: null }).join('\n')).toContain('Asking the daemon');
    expect(screen({ images: [], problem: 'No Docker daemon answers.' }).join('\n')).toContain(
      'No Docker daemon',
    );
  });

  it('says which archive they are in, and tells those apart that are called the same', () => {
    const images = ['linux/amd64', 'linux/arm64'].map((platform) => ({
      reference: 'shop:1',
      key: platform,
      bytes: null,
      created: null,
      platform,
    }));
    const rows = screen({ images, place: 'shop\u001b.tar', cursor: 1 });
    expect(rows.join('\n')).toContain('shop\\e.tar holds several images: choose one.');
    expect(rows.filter((row) => row.includes('shop:1'))).toHaveLength(2);
    expect(rows.find((row) => row.includes('▸'))).toContain('linux/arm64');
  });

  it('says that a daemon has an image for several platforms, and which of them it only lists', () => {
    const images = ['linux/amd64', 'linux/arm64', 'linux/s390x'].map((platform, index) => ({
      reference: 'shop:latest',
      key: platform,
      bytes: index === 2 ? null : 1_000_000,
      created: null,
      platform,
      isAbsent: index === 2,
    }));
    const rows = screen({ images, place: 'docker://shop' });
    expect(rows.join('\n')).toContain('docker://shop is there for several platforms: choose one.');
    expect(rows.find((row) => row.includes('arm64'))).toContain('1.0 MB');
    expect(rows.find((row) => row.includes('s390x'))).toContain('not here');
  });
});
