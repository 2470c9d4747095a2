import { GROUPINGS } from '../analysis/waste-groups.ts';
import type { CommandAction, Update } from './actions.ts';
import { whyElsewhere } from './elsewhere.ts';
import { jumpTo } from './going.ts';
import { BORDER } from './layout.ts';
import {
  isMove,
  keepInView,
  type Move,
  moved,
  NOT_FILTERED,
  say,
  scrolledBy,
  turnedTop,
  whyNot,
} from './moving.ts';
import type { State } from './state.ts';
import { hasRoomForTips, isInAdvice, wasteLayoutOf, wasteListRows } from './waste-layout.ts';
import { type WasteList, WASTE_LISTS, type WasteScreenState } from './waste-state.ts';
import { copyCursor, currentCopy, groupCopies, groupCursor, wasteGroups } from './waste-selectors.ts';

/** What a command does on the screen of where every byte went. */
export function wasteScreenCommand(state: State, action: CommandAction): Update {
  const { command } = action;
  const { focus } = state.wasteScreen;
  const read = isInAdvice(state) ? adviceCommand(state, action) : null;
  if (read !== null) return { state: read };
  if (isMove(command))
    return { state: focus === 'groups' ? moveGroup(state, command) : moveCopy(state, command) };
  switch (command) {
    case 'next-pane':
    case 'previous-pane':
      return { state: focusNext(state, command) };
    case 'group':
      return { state: groupAnew(state) };
    case 'enter':
      return { state: enter(state) };
    case 'right':
      return { state: focus === 'groups' ? enter(state) : say(state, '{enter} leads to the file.') };
    case 'left':
      return {
        state: focus === 'copies' ? focusList(state, 'groups') : say(state, '{back} leads to the layers.'),
      };
    case 'back':
      return { state: back(state) };
    case 'zoom':
      return { state: zoom(state) };
    case 'details':
      return { state: advise(state) };
    case 'filter':
      return { state: say(state, NOT_FILTERED) };
    case 'toggle-order':
      return { state: say(state, 'Waste stands by bytes, most first, and in groups.') };
    default:
      return { state: say(state, whyElsewhere(state, command)) };
  }
}

/** What a command does in what would help; null: the same as in a list. */
function adviceCommand(state: State, { command, textLines }: CommandAction): State | null {
  if (isMove(command)) return readOn(state, command, textLines);
  switch (command) {
    case 'next-pane':
    case 'previous-pane':
      return focusNext(state, command);
    case 'enter':
    case 'right':
      return say(state, 'This is to be read: {next-pane} leads to what is wasted.');
    case 'left':
      return focusList(state, state.wasteScreen.focus);
    case 'back':
      // Asked for, it goes as a whole; else the focus goes back.
      return state.wasteScreen.isAdvising && !hasRoomForTips(state.size, state.wasteScreen)
        ? null
        : focusList(state, state.wasteScreen.focus);
    default:
      return null;
  }
}

function readOn(state: State, move: Move, lines: number): State {
  const { advice } = state.wasteScreen;
  const rows = wasteLayoutOf(state.size, state.wasteScreen).tips?.rows ?? 0;
  const top = scrolledBy(advice.top, move, rows - BORDER, lines);
  return top === advice.top
    ? say(state, whyNot(move, lines))
    : withWaste(state, { advice: { ...advice, top } });
}

/** The lists, and what would help where it stands, in the order of Tab. */
function focusNext(state: State, command: 'next-pane' | 'previous-pane'): State {
  const { focus, advice } = state.wasteScreen;
  const hasAdvice = wasteLayoutOf(state.size, state.wasteScreen).tips !== null;
  const places = [...WASTE_LISTS, ...(hasAdvice ? (['advice'] as const) : [])];
  const step = command === 'next-pane' ? 1 : places.length - 1;
  const at = places.indexOf(isInAdvice(state) ? 'advice' : focus);
  const next = places[(at + step) % places.length] ?? 'groups';
  return next === 'advice'
    ? withWaste(state, { advice: { ...advice, isFocused: true } })
    : focusList(state, next);
}

function moveGroup(state: State, move: Move): State {
  const groups = wasteGroups(state);
  const count = groups?.length ?? 0;
  const cursor = groupCursor(state);
  const height = wasteListRows(state, 'groups');
  const target = moved(cursor, move, height, count);
  if (groups === null || count === 0 || target === cursor) return say(state, whyNot(move, count));
  const { grouping, groups: cursors } = state.wasteScreen;
  const top = turnedTop(cursors[grouping].top, move, height, count);
  const wanted = { wanted: groups.at(target).key, top };
  // What would help against another group is read from its beginning.
  return withWaste(state, { groups: { ...cursors, [grouping]: wanted }, advice: NOT_READ });
}

const NOT_READ: WasteScreenState['advice'] = { isFocused: false, top: 0 };

function moveCopy(state: State, move: Move): State {
  const count = groupCopies(state);
  const cursor = copyCursor(state);
  const height = wasteListRows(state, 'copies');
  const target = moved(cursor, move, height, count);
  const copy = target === cursor ? undefined : wasteGroups(state)?.copy(groupCursor(state), target).copy;
  if (copy === undefined) return say(state, whyNot(move, count));
  const top = turnedTop(state.wasteScreen.copies.top, move, height, count);
  return withWaste(state, { copies: { wanted: copy, top } });
}

/** From a group to its copies, from a copy to the file that it was. */
function enter(state: State): State {
  const copy = currentCopy(state);
  if (copy === null) return say(state, 'Nothing is wasted here.');
  return state.wasteScreen.focus === 'groups' ? focusList(state, 'copies') : jumpTo(state, copy);
}

/** Esc leaves one thing at a time: what has been asked for, a zoom, the copies of a group, the screen. */
function back(state: State): State {
  const { isAdvising, isZoomed, focus } = state.wasteScreen;
  if (isAdvising && !hasRoomForTips(state.size, state.wasteScreen)) return advise(state);
  if (isZoomed) return zoom(state);
  return focus === 'copies' ? focusList(state, 'groups') : { ...state, screen: 'explore' };
}

/** The whole screen for the list that has the focus, or all again; it stays so while one looks at other screens. */
function zoom(state: State): State {
  const isZoomed = !state.wasteScreen.isZoomed;
  const zoomed = withWaste(state, { isZoomed, isAdvising: false, advice: NOT_READ });
  return say(
    zoomed,
    isZoomed ? 'The whole screen for one list: {zoom} or {back} shows all.' : 'Totals and both lists.',
  );
}

/** What would help against the group under the cursor, where it is not to be seen anyway. */
function advise(state: State): State {
  if (hasRoomForTips(state.size, state.wasteScreen))
    return say(state, 'What would help stands on this screen already.');
  const isAdvising = !state.wasteScreen.isAdvising;
  return say(
    withWaste(state, { isAdvising, advice: NOT_READ }),
    isAdvising ? 'This is why, and what would help.' : 'Copies of the group.',
  );
}

function focusList(state: State, focus: WasteList): State {
  return withWaste(state, { focus, advice: { ...state.wasteScreen.advice, isFocused: false } });
}

/** Each way of grouping keeps its own cursor. */
function groupAnew(state: State): State {
  const next = GROUPINGS.indexOf(state.wasteScreen.grouping) + 1;
  const grouping = GROUPINGS[next % GROUPINGS.length] ?? 'cause';
  return say(withWaste(state, { grouping, focus: 'groups', advice: NOT_READ }), `Waste by ${grouping}.`);
}

function withWaste(state: State, change: Partial<WasteScreenState>): State {
  return keepInView({ ...state, wasteScreen: { ...state.wasteScreen, ...change } });
}
