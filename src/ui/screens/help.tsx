import { Lines } from '../components/line.tsx';
import { FILTER_HELP } from '../filter-help.ts';
import { keyLabel } from '../key-names.ts';
import type { Keymap } from '../keymap.ts';
import { framedText } from '../text/frame.ts';
import { type Line, segment } from '../text/segments.ts';
import type { Glyphs } from '../theme.ts';
import type { ScreenProps } from './props.ts';

const KEYS = 16;

/** Every key, and what the screen's signs mean. */
export function Help({ state, theme, keymap, rows }: ScreenProps) {
  const frame = framedText(helpLines(theme.glyphs, keymap), {
    columns: state.size.columns,
    rows,
    title: 'Keys',
    isFocused: true,
    glyphs: theme.glyphs,
    top: state.help?.top ?? 0,
  });
  return <Lines lines={frame} theme={theme} />;
}

/** Lines of the help, on the screen or not. */
export function helpLength(glyphs: Glyphs, keymap: Keymap): number {
  return helpLines(glyphs, keymap).length;
}

/** All of the help, without its border. */
export function helpLines(glyphs: Glyphs, { groups }: Keymap): Line[] {
  const keys = groups.flatMap(({ title, bindings }): Line[] => [
    [segment(` ${title}`, 'strong')],
    ...bindings.map(({ keys: names, help }): Line => {
      return [segment(`   ${names.map(keyLabel).join(' ')} `.padEnd(KEYS), 'plain'), segment(help, 'dim')];
    }),
    [],
  ]);
  return [...keys, ...filterLines(), ...signLines(glyphs)];
}

function filterLines(): Line[] {
  return [
    [segment(' Filter: terms between spaces, all of which must hold', 'strong')],
    ...FILTER_HELP.map(([term, help]): Line => [segment(`   ${term}`.padEnd(KEYS)), segment(help, 'dim')]),
    [],
  ];
}

function signLines({ marks, live, hidden, below, deleted, repeated, overwritten }: Glyphs): Line[] {
  const signs: readonly (readonly [sign: string, meaning: string])[] = [
    [marks[1], 'added by this layer'],
    [marks[2], 'modified: another content'],
    [marks[3], 'modified: the same content; mode, owner, time, link or attributes differ'],
    [marks[4], 'stored again, nothing differs'],
    [marks[5], 'removed by this layer'],
    ['!', 'a layer whose bytes are not those of its digests'],
    [live, 'bytes of a layer that are still live, to the scale of the largest layer'],
    [hidden, 'bytes that a later layer hid'],
    [below, 'what a layer hides: waste that is its doing'],
    [deleted, 'a later layer deletes it'],
    [repeated, 'a later layer stores the same content again'],
    [overwritten, 'a later layer overwrites it'],
  ];
  return [
    [segment(' Signs', 'strong')],
    ...signs.map(([sign, meaning]): Line => [segment(`   ${sign}`.padEnd(KEYS)), segment(meaning, 'dim')]),
  ];
}
