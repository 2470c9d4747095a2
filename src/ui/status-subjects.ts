// What stands under the cursor, in one sentence, on the screens beside the explorer.

import type { WasteGroup } from '../analysis/waste-groups.ts';
import { whyText } from '../analysis/waste-words.ts';
import { shown, visible } from '../image/text.ts';
import type { State } from '../state/state.ts';
import { currentCopy, groupCursor, wasteGroups } from '../state/waste-selectors.ts';
import { groupName } from './panes/groups-pane.ts';
import { lifeText } from './text/life.ts';
import { cells, fitTail, type Line, segment, widthOf } from './text/segments.ts';
import type { Glyphs } from './theme.ts';

/** On the screen of the waste: why a group is wasted, or the life of the file that a copy is of. */
export function wasteSubject(state: State, room: number, glyphs: Glyphs): Line {
  const analysis = state.open?.analysis ?? null;
  const groups = wasteGroups(state);
  const copy = currentCopy(state);
  if (analysis === null || groups === null || copy === null) return [];
  if (state.wasteScreen.focus === 'groups') return wasteSentence(state, room, glyphs);
  const { paths } = analysis.tables;
  const life = segment(`  ${lifeText(analysis, copy.node, glyphs)}`);
  const line = [segment(`/${shown(paths.path(copy.node))}`), life];
  return widthOf(line) <= room ? line : [segment(shown(paths.name(copy.node)), 'strong'), life];
}

/** Why the group under the cursor is wasted, its name in `room` cells or as few as there must be. */
export function wasteSentence(state: State, room: number, glyphs: Glyphs): Line {
  const analysis = state.open?.analysis ?? null;
  const groups = wasteGroups(state);
  if (analysis === null || groups === null || groups.length === 0) return [];
  const index = groupCursor(state);
  const group = groups.at(index);
  const why = whyText(analysis, groups, index);
  switch (group.grouping) {
    case 'cause':
      return [segment(`Layer ${group.key} ${why}.`)];
    case 'fate':
      return [segment(`${why.slice(0, 1).toUpperCase()}${why.slice(1)}.`)];
    case 'path':
    case 'directory':
      return [...named(state, group, room - cells(why) - 3, glyphs), segment(`: ${why}.`)];
  }
}

/** Where a path does not fit, its end does. */
function named(state: State, group: WasteGroup, room: number, glyphs: Glyphs): Line {
  const name = groupName(state, group);
  return [segment(cells(name) <= room ? name : fitTail(name, Math.max(room, 16), glyphs.ellipsis), 'strong')];
}

/** On the screen of the image: what it is, and what it is made of. */
export function imageSubject({ open }: State, glyphs: Glyphs): Line {
  const facts = open?.facts ?? null;
  if (facts === null) return [];
  const layers = facts.layers.length;
  const made = `${facts.instructions.length} instructions, ${layers} of them with a layer`;
  const parts = [...(facts.platform === null ? [] : [visible(facts.platform)]), made];
  return [segment(parts.join(` ${glyphs.separator} `), 'dim')];
}
