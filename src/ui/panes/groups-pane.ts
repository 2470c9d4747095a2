import type { Analysis } from '../../analysis/analysis.ts';
import type { Fate } from '../../analysis/ledger.ts';
import { type Grouping, GROUPINGS, type WasteGroup, type WasteGroups } from '../../analysis/waste-groups.ts';
import { FATE_WORDS, mainFate, whyText } from '../../analysis/waste-words.ts';
import { shortCommand } from '../../image/command.ts';
import { formatBytes, formatShare } from '../../image/format.ts';
import { shown, visible } from '../../image/text.ts';
import type { PaneLayout } from '../../state/layout.ts';
import type { State } from '../../state/state.ts';
import { hasRoomForTips, isInAdvice } from '../../state/waste-layout.ts';
import { groupCursor, wasteGroups } from '../../state/waste-selectors.ts';
import { type Keymap, labelOf } from '../keymap.ts';
import { framed } from '../text/frame.ts';
import { fit, fitMiddle, fitTail, fitValue, type Line, rowLine, segment } from '../text/segments.ts';
import type { Glyphs } from '../theme.ts';
import { FATE_ROLES, fateSign } from './copy-rows.ts';
import { nothingWasted } from './waste-pane.ts';

const SIZE = 10;
const SHARE = 8;
const COPIES = 8;
/** Columns give way in this order as the pane narrows: why, whose beginning the status line has, copies, share. */
const LEAST_NAME = 24;
const LEAST_WHY = 18;
/** Cells of the name where there is room for both: a path needs more of them than a command. */
const NAME_SHARE: Readonly<Record<Grouping, number>> = { cause: 0.38, path: 0.6, directory: 0.6, fate: 0.2 };

interface Columns {
  readonly share: boolean;
  readonly copies: boolean;
  readonly name: number;
  /** 0: there is no room. */
  readonly why: number;
}

function columnsFor(width: number, grouping: Grouping): Columns {
  const room = width - 1 - SIZE - 2;
  const share = room - SHARE >= LEAST_NAME;
  const copies = share && room - SHARE - COPIES >= LEAST_NAME;
  const left = room - (share ? SHARE : 0) - (copies ? COPIES : 0);
  if (left - 2 < LEAST_NAME + LEAST_WHY) return { share, copies, name: left, why: 0 };
  const name = Math.min(left - 2 - LEAST_WHY, Math.max(LEAST_NAME, Math.floor(left * NAME_SHARE[grouping])));
  return { share, copies, name, why: left - 2 - name };
}

/** The hidden copies in groups, most bytes first, and why they are wasted. */
export function groupsPane(state: State, layout: PaneLayout, glyphs: Glyphs, keymap: Keymap): Line[] {
  const { grouping, focus, groups: positions } = state.wasteScreen;
  const analysis = state.open?.analysis ?? null;
  const groups = wasteGroups(state);
  const isFocused = focus === 'groups' && !isInAdvice(state);
  const frame = { ...layout, isFocused, glyphs, title: `Waste by ${grouping}` };
  if (analysis === null || groups === null || groups.length === 0)
    return framed([[], nothingWasted(state)], { ...frame, notes: [] });
  const cursor = groupCursor(state);
  const { top } = positions[grouping];
  const columns = columnsFor(layout.columns - 2, grouping);
  const count = Math.max(0, Math.min(layout.listRows, groups.length - top));
  const rows = Array.from({ length: count }, (_, row): Line => {
    const group = top + row;
    const line = groupLine(state, { analysis, groups, group }, columns, glyphs);
    const isCursor = group === cursor;
    return rowLine([segment(isCursor ? glyphs.cursor : ' ', 'strong'), ...line], isCursor && isFocused);
  });
  const position = `${cursor + 1} of ${groups.length}`;
  const notes = [...offers(state, glyphs, keymap).map((offer) => `${offer}  ${position}`), position];
  return framed([headingLine(grouping, columns), ...rows], { ...frame, notes });
}

/** What can be asked of the list, the most first; what would help only where it is not to be seen anyway. */
function offers({ size, wasteScreen }: State, glyphs: Glyphs, keymap: Keymap): string[] {
  const key = labelOf(keymap, 'group');
  const groups = [`${key} groups by ${GROUPINGS.join(` ${glyphs.separator} `)}`, `${key} groups anew`];
  if (wasteScreen.isAdvising || hasRoomForTips(size, wasteScreen)) return groups;
  const help = `${labelOf(keymap, 'details')} what would help`;
  return [...groups.map((offer) => `${offer}  ${help}`), ...groups.slice(1)];
}

const NAMES: Readonly<Record<Grouping, string>> = {
  cause: ' # command that wastes',
  path: 'path',
  directory: 'directory',
  fate: 'fate',
};

function headingLine(grouping: Grouping, { share, copies, name, why }: Columns): Line {
  const text =
    ` ${'bytes'.padStart(SIZE)}${share ? 'share'.padStart(SHARE) : ''}` +
    `${copies ? 'copies'.padStart(COPIES) : ''}  ${NAMES[grouping].padEnd(name)}${why > 0 ? '  why' : ''}`;
  return [segment(text, 'dim')];
}

interface GroupOf {
  readonly analysis: Analysis;
  readonly groups: WasteGroups;
  readonly group: number;
}

function groupLine(
  state: State,
  { analysis, groups, group: index }: GroupOf,
  { share, copies, name, why }: Columns,
  glyphs: Glyphs,
): Line {
  const group = groups.at(index);
  const fate = mainFate(group);
  const isPath = group.grouping === 'path' || group.grouping === 'directory';
  const text = groupName(state, group);
  return [
    segment(fitValue(formatBytes(group.bytes), SIZE, glyphs.ellipsis)),
    segment(
      share ? fitValue(formatShare(group.bytes, analysis.ledger.total), SHARE, glyphs.ellipsis) : '',
      'dim',
    ),
    segment(copies ? fitValue(String(group.copies), COPIES, glyphs.ellipsis) : '', 'dim'),
    segment(`  ${isPath ? fitTail(text, name, glyphs.ellipsis) : fit(text, name, glyphs.ellipsis)}`),
    ...(why === 0
      ? []
      : [
          segment(
            `  ${fit(`${fateSign(fate, glyphs)} ${whyText(analysis, groups, index)}`, why, glyphs.ellipsis)}`,
            FATE_ROLES[fate],
          ),
        ]),
  ];
}

/** What the copies of a group share: a layer and its command, a path, a directory, a fate. */
export function groupName({ open }: State, { grouping, key, isRest }: WasteGroup): string {
  switch (grouping) {
    case 'cause':
      return `${String(key).padStart(2)} ${commandOf(open, key)}`;
    case 'path':
      return pathText(open, key);
    case 'directory':
      return `${isRest ? 'the rest of ' : ''}${pathText(open, key)}${key === 0 ? '' : '/'}`;
    case 'fate':
      return FATE_WORDS[key as Fate];
  }
}

/** The same in few words, for the line that says where one is. */
export function shortGroupName(
  { open }: State,
  { grouping, key }: WasteGroup,
  width: number,
  glyphs: Glyphs,
): string {
  switch (grouping) {
    case 'cause':
      return `layer ${key}`;
    case 'path':
    case 'directory':
      return fitMiddle(pathText(open, key), width, glyphs.ellipsis).trimEnd();
    case 'fate':
      return FATE_WORDS[key as Fate];
  }
}

function pathText(open: State['open'], node: number): string {
  return `/${shown(open?.analysis?.tables.paths.path(node) ?? '')}`;
}

function commandOf(open: State['open'], layer: number): string {
  return visible(shortCommand(open?.facts?.layers[layer]?.createdBy ?? null)) || 'unknown command';
}
