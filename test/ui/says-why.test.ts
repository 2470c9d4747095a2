/** A key that does nothing now says why: after every command, the screen is another one. */
import { describe, expect, it } from 'vitest';
import type { Command } from '../../src/state/actions.ts';
import { PANES, type State } from '../../src/state/state.ts';
import { KEYMAP } from '../../src/ui/keymap.ts';
import { file, whiteout } from '../harness/archive.ts';
import { after, opened, SMALL, WIDE } from '../harness/explorer.ts';
import { screenText } from '../harness/explorer-screen.ts';

const COMMANDS = KEYMAP.flatMap(({ bindings }) => bindings.map(({ command }) => command));
/** These leave the explorer: what comes then is another screen, or none; or write what is there anew. */
const LEAVING: ReadonlySet<Command> = new Set(['quit', 'interrupt', 'images', 'help', 'redraw']);
const STAYING = COMMANDS.filter((command) => !LEAVING.has(command));

const SHOP = [
  [file('etc/a', 'aaaa'), file('b', 'bb')],
  [file('etc/a', 'other'), whiteout('b')],
];

/** The pane that has the focus, the size of the screen, and what has been done before. */
const SITUATIONS = PANES.flatMap((pane) =>
  [WIDE, SMALL].flatMap((size) =>
    (['first', 'last', 'fold-all', 'unfold-all', 'toggle-mode'] as const).flatMap((before) =>
      [SHOP, [[]]].map((layers) => ({ pane, size, before, layers })),
    ),
  ),
);
type Situation = (typeof SITUATIONS)[number];

function stateIn({ pane, size, before, layers }: Situation): State {
  const tabs = Array<Command>(PANES.indexOf(pane)).fill('next-pane');
  return { ...after(opened(layers, { size }), ...tabs, before), message: null };
}

const inWords = ({ pane, size, before, layers }: Situation): string =>
  `${pane} at ${size.columns}x${size.rows} after ${before}${layers === SHOP ? '' : ', an empty image'}`;

/** Screens that are no explorer, each with each list or text that may have the focus. */
const SCREENS = [
  ['the waste', ['waste-screen']],
  ['copies of the waste', ['waste-screen', 'next-pane']],
  ['the waste by path', ['waste-screen', 'group', 'last']],
  ['the image', ['image']],
  ['the end of the image', ['image', 'last']],
] as const satisfies readonly (readonly [string, readonly Command[]])[];

const ON_SCREENS = SCREENS.flatMap(([name, commands]) =>
  [WIDE, SMALL].flatMap((size) =>
    [SHOP, [[]]].map((layers) => ({
      name: `${name} at ${size.columns}x${size.rows}${layers === SHOP ? '' : ', an empty image'}`,
      state: { ...after(opened(layers, { size }), ...commands), message: null },
    })),
  ),
);

describe('every command shows what it did, or says why it did nothing', () => {
  it.each(STAYING)('%s, in every pane', (command) => {
    const silent = SITUATIONS.filter((situation) => {
      const state = stateIn(situation);
      return screenText(after(state, command)) === screenText(state);
    });
    expect(silent.map(inWords)).toEqual([]);
    // Keys are named as they are called on the screen.
    for (const situation of SITUATIONS)
      expect(screenText(after(stateIn(situation), command))).not.toMatch(/\{[a-z-]+\}/);
  });

  it.each(STAYING)('%s, on every other screen', (command) => {
    const silent = ON_SCREENS.filter(({ state }) => screenText(after(state, command)) === screenText(state));
    expect(silent.map(({ name }) => name)).toEqual([]);
  });
});
