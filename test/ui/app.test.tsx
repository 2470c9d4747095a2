import { describe, expect, it } from 'vitest';
import type { Effect } from '../../src/state/actions.ts';
import type { ScreenSize, State } from '../../src/state/state.ts';
import { App } from '../../src/ui/app.tsx';
import { DEFAULT_KEYMAP } from '../../src/ui/keymap.ts';
import { Store } from '../../src/ui/store.ts';
import { file, whiteout } from '../harness/archive.ts';
import { ASCII, UNICODE } from '../harness/explorer-screen.ts';
import { opened, SMALL, WIDE } from '../harness/explorer.ts';
import { renderOnScreen } from '../harness/fake-tty.ts';

const SHOP = [
  [file('app/f2', 'xx'), file('app/f10', 'yyy'), file('etc/motd', 'hello')],
  [file('app/f2', 'xx', { uid: 1000 }), whiteout('etc/motd')],
];

function show(state: State, theme = UNICODE) {
  const effects: Effect[] = [];
  const store = new Store(state, (effect) => effects.push(effect));
  const app = renderOnScreen(<App store={store} theme={theme} keymap={DEFAULT_KEYMAP} />, state.size);
  return { app, store, effects };
}

describe.each<readonly [string, ScreenSize]>([
  ['120x40', WIDE],
  ['80x24', SMALL],
])('the whole screen at %s', (_, size) => {
  it('has the header on its first line, the keys on its last, and panes in between', async () => {
    const { app } = show(opened(SHOP, { size }));
    await using shown = app;
    await shown.screen.shows('? keys');
    expect(shown.screen.line(0)).toContain('peel › test/image:latest');
    expect(shown.screen.line(-1)).toContain('? keys');
    expect(shown.screen.line(1)).toMatch(/^┏━ Layers/);
    expect(shown.screen.text()).toContain('Files  changes of layer 0');
  });

  it('follows the keys: another layer, a file, its life, and out again', async () => {
    const { app, effects } = show(opened(SHOP, { size }));
    await using shown = app;
    await shown.screen.shows('? keys');
    await shown.terminal.step('j');
    await shown.screen.shows('Files  changes of layer 1');
    await shown.terminal.step('tab', 'j', 'down');
    await shown.screen.selects(/app|f2|motd/);
    await shown.terminal.step('g');
    await shown.terminal.step('t');
    await shown.screen.shows('Everything up to this layer.');
    expect(effects).toEqual([]);
    shown.terminal.press('q');
    await shown.screen.settles();
    await expect.poll(() => effects).toEqual([{ type: 'quit', isInterrupted: false }]);
  });

  it('takes letters that came in one piece one by one', async () => {
    const { app, store } = show(opened(SHOP, { size }));
    await using shown = app;
    await shown.screen.shows('? keys');
    shown.terminal.type('j/f1');
    await shown.screen.shows('/f1▏');
    expect(store.state()).toMatchObject({ layers: { cursor: 1 }, files: { filter: 'f1' } });
  });

  it('takes Esc and a key that came in one piece for both', async () => {
    const { app, store } = show(opened(SHOP, { size }));
    await using shown = app;
    await shown.screen.shows('? keys');
    shown.terminal.type('/f1\u001b?');
    await shown.screen.shows('Moving');
    expect(store.state()).toMatchObject({ files: { filter: '' }, typing: null });
    // The help is left, the filter begun and left, the files left, the second layer chosen.
    shown.terminal.type('\u001b/é\u001b\u001b\u001bj');
    await shown.screen.shows('Files  changes of layer 1');
    expect(store.state()).toMatchObject({ help: null, typing: null, focus: 'layers' });
  });

  it('types nothing for a key that is a sequence, with Alt or without, and erases with Alt-Backspace', async () => {
    const { app, store } = show(opened(SHOP, { size }));
    await using shown = app;
    await shown.screen.shows('? keys');
    shown.terminal.type('/f10\u001b\u007f');
    await shown.screen.shows('/f1▏');
    for (const sequence of ['[3;3~', '[A', '[1;3A', '\u001b[B', 'OB', '[5~', '[3~'])
      shown.terminal.type(`\u001b${sequence}`);
    shown.terminal.type('?');
    await shown.screen.shows('Moving');
    expect(store.state()).toMatchObject({ files: { filter: 'f1' }, typing: null });
  });

  it('shows every key on ?, and comes back from it', async () => {
    const { app } = show(opened(SHOP, { size }));
    await using shown = app;
    await shown.screen.shows('? keys');
    await shown.terminal.step('?');
    await shown.screen.shows('Moving');
    await shown.screen.shows('one row up');
    await shown.terminal.step('escape');
    await shown.screen.hides('one row up');
    await shown.screen.shows('Layers');
  });
});

describe('the whole screen', () => {
  it('says so where it is too small', async () => {
    const { app } = show(opened(SHOP, { size: { columns: 59, rows: 15 } }));
    await using shown = app;
    await shown.screen.shows('peel needs 60x15; this is 59x15.');
  });

  it('is drawn without a character beyond ASCII where the terminal knows no other', async () => {
    const { app } = show(opened([[file('größe', 'x')]]), ASCII);
    await using shown = app;
    await shown.screen.shows('? keys');
    expect(shown.screen.text()).toMatch(/^[ -~\n]*$/);
    expect(shown.screen.text()).toContain('gr??e');
  });

  it.each([
    ['with colours', UNICODE, true],
    ['without them, where they are not wanted', ASCII, false],
  ])('is drawn %s', async (_, theme, hasColour) => {
    const { app } = show(opened(SHOP), theme);
    await using shown = app;
    await shown.screen.shows('? keys');
    const styles = shown.screen.styles().flat();
    expect(styles.some(({ fg }) => fg !== 'default')).toBe(hasColour);
  });

  it('shows what a hostile image says, and sends none of it', async () => {
    const { app } = show(
      opened([[file('\u001b]0;pwned\u0007', 'x')]], { history: ['RUN \u001b[2J\u009b1m'] }),
    );
    await using shown = app;
    await shown.screen.shows('? keys');
    expect(shown.screen.text()).toContain('\\e]0;pwned\\x07');
    expect(shown.screen.text()).toContain('RUN \\e[2J\\x9b1m');
    expect(shown.screen.received).not.toContain('\u001b]0;pwned');
    expect(shown.screen.received).not.toContain('\u009b');
  });

  it('lists the images that there are, and opens one', async () => {
    const start: State = { ...opened(SHOP), screen: 'images', open: null };
    const { app, store, effects } = show(start);
    await using shown = app;
    await shown.screen.shows('Asking the daemon for its images.');
    const images = ['shop:latest', 'debian:12'].map((reference) => {
      return { reference, bytes: 2_000_000, created: 1_767_225_600, platform: 'linux/amd64' };
    });
    store.dispatch({ type: 'images-listed', images, problem: null });
    await shown.screen.shows(/▸ shop:latest +2\.0 MB +2026-01-01 00:00 +linux\/amd64/);
    await shown.terminal.step('down');
    await shown.screen.shows('▸ debian:12');
    shown.terminal.type('sh');
    await shown.screen.shows('▸ shop:latest');
    await shown.screen.hides('debian:12');
    await shown.terminal.step('enter');
    expect(effects).toEqual([{ type: 'open', reference: 'shop:latest' }]);
    await shown.screen.shows('waiting for the first bytes');
  });
});
