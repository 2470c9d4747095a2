import type { ListedImage } from '../image/listed-image.ts';
import { visible } from '../image/text.ts';
import { ROOT } from '../tree/path-table.ts';
import type { Command } from './actions.ts';
import { contentRowCount, lastContentTop } from './contents.ts';
import { layoutOf, scrolled } from './layout.ts';
import { NO_ROW } from '../tree/rows.ts';
import { pickerImages } from './picker-selectors.ts';
import { filesCursor, filesView, unfolding, wasteCount, wasteCursor } from './selectors.ts';
import type { ListPosition, Pane, State } from './state.ts';
import { wasteListRows } from './waste-layout.ts';
import { copyCursor, groupCopies, groupCursor, wasteGroups } from './waste-selectors.ts';

/** How a cursor is moved. */
export type Move =
  'up' | 'down' | 'page-up' | 'page-down' | 'half-page-up' | 'half-page-down' | 'first' | 'last';

const MOVES: ReadonlySet<string> = new Set<Move>([
  'up',
  'down',
  'page-up',
  'page-down',
  'half-page-up',
  'half-page-down',
  'first',
  'last',
]);

export function isMove(command: Command): command is Move {
  return MOVES.has(command);
}

/** Rows of a pane's list on the screen; where the pane is not there, as many as a small one has. */
export function listRows(state: State, pane: Pane): number {
  return layoutOf(state)?.panes[pane]?.listRows ?? 5;
}

/** Rows of the layers pane, those beyond the screen too: layers while they are pulled, then instructions. */
export function layerRows({ open }: State): number {
  return open?.pulled?.length ?? open?.facts?.instructions.length ?? 0;
}

/** Rows that a move goes, down where positive, in a list that shows `height` of them. Pages have a row in common. */
function stepOf(move: Move, height: number): number {
  const page = Math.max(1, height - 1);
  const half = Math.max(1, Math.floor(height / 2));
  return {
    up: -1,
    down: 1,
    'page-up': -page,
    'page-down': page,
    'half-page-up': -half,
    'half-page-down': half,
    first: -Infinity,
    last: Infinity,
  }[move];
}

/** Where a cursor is after a move among `count` rows, of which `height` are on the screen. */
export function moved(cursor: number, move: Move, height: number, count: number): number {
  return Math.max(0, Math.min(cursor + stepOf(move, height), count - 1));
}

const PAGES: ReadonlySet<Move> = new Set<Move>(['page-up', 'page-down', 'half-page-up', 'half-page-down']);

/**
 * The first row on the screen after a move from `cursor`: a page is turned with its cursor, which stays at its height, as
 * far as there are rows; other moves scroll no more than they must.
 */
export function turnedTop(top: number, move: Move, height: number, count: number): number {
  if (!PAGES.has(move)) return top;
  return Math.max(0, Math.min(top + stepOf(move, height), count - height));
}

/** First line on the screen of a text that is moved through; it stops when its last line is seen. */
export function scrolledBy(top: number, move: Move, height: number, lines: number): number {
  const last = Math.max(0, lines - height);
  return Math.min(moved(top, move, height, last + 1), last);
}

/** Why a move moved nothing. */
export function whyNot(move: Move, count: number): string {
  if (count === 0) return 'There is nothing here.';
  return stepOf(move, 1) < 0 ? 'This is the first row.' : 'This is the last row.';
}

/** The cursor of the layers pane elsewhere; the files pane keeps its path. */
export function withLayerCursor(state: State, cursor: number): State {
  const row = filesCursor(state) - state.files.top;
  const layers = { ...state.layers, cursor };
  return keepInView(withWayOpen({ ...state, layers, details: { ...state.details, top: 0 } }), row);
}

/** Where a view opens directories by itself, those that lead to the cursor's path are open too, unless somebody folded them. */
function withWayOpen(state: State): State {
  const { wanted, folds } = state.files;
  const files = filesView(state);
  if (files.kind === 'nothing' || unfolding(state) !== 'by-size') return state;
  const isFolded = wanted !== ROOT && files.view.has(wanted) && files.rows.indexOf(wanted) === NO_ROW;
  if (!isFolded) return state;
  const { paths } = files.analysis.tables;
  const open = new Map(folds);
  for (let at = paths.parent(wanted); at !== ROOT; at = paths.parent(at)) open.set(at, folds.get(at) ?? true);
  return { ...state, files: { ...state.files, folds: open } };
}

/** The cursor of the files pane on a row. */
export function withFilesRow(state: State, row: number): State {
  const files = filesView(state);
  if (files.kind === 'nothing' || files.rows.count === 0) return state;
  return keepInView({ ...state, files: { ...state.files, wanted: files.rows.at(row) } });
}

/**
 * All lists scrolled so that their cursors can be seen. Where the files pane's rows have become others, its cursor
 * stays at the height `row` (rows below the pane's first) at which it was.
 */
export function keepInView(state: State, row: number | null = null): State {
  const layers = inView(state.layers, listRows(state, 'layers'), layerRows(state));
  const wasteTop = scrolled(state.waste.top, wasteCursor(state), listRows(state, 'waste'), wasteCount(state));
  const waste = { ...state.waste, top: wasteTop };
  const next = { ...state, layers, waste };
  const cursor = filesCursor(next);
  const files = filesView(next);
  const count = files.kind === 'nothing' ? 0 : files.rows.count;
  const wantedTop = row === null ? state.files.top : cursor - row;
  const top = scrolled(wantedTop, cursor, listRows(next, 'files'), count);
  const picker = { ...state.picker, cursor: clamped(state.picker.cursor, pickerImages(state).length) };
  return wasteScreenInView({ ...next, picker, files: { ...next.files, top }, file: fileInView(next) });
}

/** The file that is looked at, no row of the screen left empty that its content could fill. */
function fileInView(state: State): State['file'] {
  const { file, screen } = state;
  if (file === null || screen !== 'file' || contentRowCount(state) === 0) return file;
  return { ...file, top: Math.min(file.top, lastContentTop(state)) };
}

/** The lists of the waste's own screen; away from it nothing is put into groups. */
function wasteScreenInView(state: State): State {
  if (state.screen !== 'waste') return state;
  const { wasteScreen } = state;
  const { grouping, groups, copies } = wasteScreen;
  const rows = (list: 'groups' | 'copies') => wasteListRows(state, list);
  const count = wasteGroups(state)?.length ?? 0;
  const groupsTop = scrolled(groups[grouping].top, groupCursor(state), rows('groups'), count);
  const copiesTop = scrolled(copies.top, copyCursor(state), rows('copies'), groupCopies(state));
  const inView = {
    ...wasteScreen,
    groups: { ...groups, [grouping]: { ...groups[grouping], top: groupsTop } },
    copies: { ...copies, top: copiesTop },
  };
  return { ...state, wasteScreen: inView };
}

/** A change of what the files pane shows, with its cursor on the same path at the same height. */
export function withFiles(state: State, change: Partial<State['files']>): State {
  const row = filesCursor(state) - state.files.top;
  const pinned = pinCursor(state);
  return keepInView(withWayOpen({ ...pinned, files: { ...pinned.files, ...change } }), row);
}

/** Makes the path under the cursor the wanted one, so that it stays when other rows come. */
function pinCursor(state: State): State {
  if (state.files.wanted !== ROOT) return state;
  const files = filesView(state);
  if (files.kind === 'nothing' || files.rows.count === 0) return state;
  return { ...state, files: { ...state.files, wanted: files.rows.at(filesCursor(state)) } };
}

/** A change of the list of images, with its cursor on the same image; on the first one where that is not listed. */
export function withPicker(state: State, change: Partial<State['picker']>): State {
  const chosen = pickerImages(state)[state.picker.cursor];
  const next = { ...state, picker: { ...state.picker, ...change } };
  const cursor = chosen === undefined ? -1 : pickerImages(next).findIndex((image) => isSame(image, chosen));
  return { ...next, picker: { ...next.picker, cursor: Math.max(0, cursor) } };
}

/** Images of one name are told apart by their keys. */
function isSame(a: ListedImage, b: ListedImage): boolean {
  return a.reference === b.reference && a.key === b.key;
}

function inView({ cursor, top }: ListPosition, height: number, count: number): ListPosition {
  const inside = clamped(cursor, count);
  return { cursor: inside, top: scrolled(top, inside, height, count) };
}

function clamped(cursor: number, count: number): number {
  return Math.max(0, Math.min(cursor, count - 1));
}

/** The focus on another pane of the explorer. */
export function focusOn(state: State, focus: Pane): State {
  const { lastFocus } = state;
  return keepInView({
    ...state,
    focus,
    // The details of what a jump has led to do not lead away from it.
    cameFrom: focus === 'details' || focus === state.lastFocus.subject ? state.cameFrom : null,
    lastFocus: {
      subject: focus === 'details' ? lastFocus.subject : focus,
      lower: focus === 'layers' ? lastFocus.lower : focus,
    },
    details: focus === 'details' ? state.details : { top: 0 },
  });
}

/** A text that is harmless already, in a message: braces in it stand for no key. */
export function literal(text: string): string {
  return text.replaceAll('{', '{{');
}

/** A text of somebody else's as it may stand in a message: harmless, and `{quit}` in it stands for no key. */
export function quoted(text: string): string {
  return literal(visible(text));
}

/** Why a filter begins neither on the screen of the waste nor in the explorer's list of it. */
export const NOT_FILTERED = 'Waste is not filtered: {explore} leads to the files.';

/** The state with a message: what a command did, or why it did nothing. */
export function say(state: State, message: string): State {
  return { ...state, message };
}
