// What follows from the state. Selectors answer in numbers and nodes; ui/ turns them into text.

import type { Analysis } from '../analysis/analysis.ts';
import type { LedgerRow } from '../analysis/ledger.ts';
import { WasteList } from '../analysis/waste-list.ts';
import type { Instruction } from '../image/history.ts';
import type { Change } from '../tree/change.ts';
import type { Matching } from '../tree/matching.ts';
import { type PathTable, ROOT } from '../tree/path-table.ts';
import { isEmpty, type Query } from '../tree/query.ts';
import { openedByItself } from '../tree/opened-by-itself.ts';
import { FlatRows } from '../tree/flat-rows.ts';
import { NO_ROW, type RowList, Rows, type SortOrder } from '../tree/rows.ts';
import { type NodeSet, View, type ViewQuery } from '../tree/view.ts';
import { filesQuery, matchingOf, searchedOf } from './filter-selectors.ts';
import { rememberLast } from './memo.ts';
import type { Unfolding } from './files-state.ts';
import type { State } from './state.ts';

/** Instruction under the cursor of the layers pane, or null before the image is known. */
export function currentInstruction(state: State): Instruction | null {
  return state.open?.facts?.instructions[state.layers.cursor] ?? null;
}

/** Layer of that instruction; null for an empty one. */
export function currentLayer(state: State): number | null {
  return currentInstruction(state)?.layer ?? null;
}

/**
 * Layer that the files pane is about: the chosen instruction's; for one without a layer, where everything is shown, the
 * last layer before it. Null where there is none.
 */
export function filesLayer(state: State): number | null {
  const { mode } = state.files;
  return mode === 'changes' ? currentLayer(state) : lastLayerUpTo(state, state.layers.cursor);
}

/** The last layer that an instruction, or one before it, made; null where none did. */
function lastLayerUpTo({ open }: State, cursor: number): number | null {
  const instructions = open?.facts?.instructions.slice(0, cursor + 1) ?? [];
  return instructions.findLast(({ layer }) => layer !== null)?.layer ?? null;
}

/** What the files pane shows, or the reason why it shows nothing. */
export type FilesView =
  | { readonly kind: 'rows'; readonly view: View; readonly rows: RowList; readonly analysis: Analysis }
  | { readonly kind: 'nothing'; readonly reason: 'no-image' | NoLayer | 'not-read' };

/** No layer here, but files up to here; or none of them either. */
type NoLayer = 'no-layer' | 'no-layer-yet';

export function filesView(state: State): FilesView {
  const { open } = state;
  if (open?.facts == null) return { kind: 'nothing', reason: 'no-image' };
  const layer = filesLayer(state);
  if (layer === null) {
    const hasFiles = lastLayerUpTo(state, state.layers.cursor) !== null;
    return { kind: 'nothing', reason: hasFiles ? 'no-layer' : 'no-layer-yet' };
  }
  const { from, to } = rangeOf(state, layer);
  if (open.analysis === null || to >= open.layersRead) return { kind: 'nothing', reason: 'not-read' };
  const { analysis, isComplete, layersRead } = open;
  const { mode, leftOut, order, isFlat } = state.files;
  const query = filesQuery(state);
  const matching = matchingOf(state);
  const matches = matching === null ? null : foundOf(matching, searchedOf(state));
  // Layers that come later change nothing in what these show; what a filter asks, a file's fate for instance, they may.
  const isSettled = isComplete || isEmpty(query);
  const view = viewOf(analysis, isSettled ? -1 : layersRead, from, to, mode, leftOut, query, matches);
  return {
    kind: 'rows',
    view,
    rows: isFlat ? flatRowsOf(analysis, view, order) : treeRows(state, analysis, view),
    analysis,
  };
}

/** First and last layer of the files pane's range; the chosen layer alone where there is none. */
export function rangeOf({ files: { rangeStart } }: State, layer: number): { from: number; to: number } {
  const other = rangeStart ?? layer;
  return { from: Math.min(layer, other), to: Math.max(layer, other) };
}

/** The layer above which the files pane looks on its files: the last one of its range. */
export function shownLayer(state: State): number | null {
  const layer = filesLayer(state);
  return layer === null ? null : rangeOf(state, layer).to;
}

/** Which directories are open that nobody has opened or folded one by one. */
export function unfolding(state: State): Unfolding {
  return isEmpty(filesQuery(state)) ? state.files.otherwise : state.files.otherwiseFound;
}

const foundOf = rememberLast((matching: Matching, searched: number) => matching.found(searched));

const viewOf = rememberLast(
  (
    analysis: Analysis,
    _layersRead: number,
    from: number,
    layer: number,
    mode: ViewQuery['mode'],
    leftOut: ReadonlySet<Change>,
    { facts }: Query,
    matches: NodeSet | null,
  ) => new View(analysis.stack, analysis.tables, { from, layer, mode, leftOut, matches, facts }),
);

const openedOf = rememberLast((view: View) => openedByItself(view));

function treeRows(state: State, analysis: Analysis, view: View): Rows {
  const { folds, order } = state.files;
  return rowsOf(analysis, view, folds, unfolding(state), shownWhole(state), order);
}

/** Of which directories all is shown, beside what the filter finds; null, where there is none: of all. */
const shownWhole = (state: State): ReadonlySet<number> | null =>
  isEmpty(filesQuery(state)) ? null : state.files.shownWhole;

const rowsOf = rememberLast(
  (
    analysis: Analysis,
    view: View,
    folds: Folding['folds'],
    otherwise: Unfolding,
    whole: Folding['whole'],
    order: SortOrder,
  ) => {
    const { paths } = analysis.tables;
    const opensMost = otherwise !== 'by-size' && otherwise !== 'folded';
    const folding = { folds, otherwise, whole };
    return new Rows(view, paths, (node) => isOpen(view, paths, folding, node), order, {
      opensMost,
      showsAll: (node) => showsAll(folding, node),
    });
  },
);

/** What somebody has opened or folded, what holds for all other directories, and of which of them all is shown. */
interface Folding {
  readonly folds: ReadonlyMap<number, boolean>;
  readonly otherwise: Unfolding;
  readonly whole: ReadonlySet<number> | null;
}

const showsAll = ({ otherwise, whole }: Folding, node: number): boolean =>
  whole === null || otherwise === 'open' || whole.has(node);

const flatRowsOf = rememberLast((analysis: Analysis, view: View, order: SortOrder) => {
  return new FlatRows(view, analysis.tables.paths, analysis.stack.entries, order);
});

function isOpen(view: View, paths: PathTable, folding: Folding, node: number): boolean {
  const leads = view.leadsToMatch(node);
  if (!leads && !showsAll(folding, node)) return false;
  const { folds, otherwise } = folding;
  const said = folds.get(node);
  if (said !== undefined) return said;
  if (otherwise === 'found') return leads;
  if (typeof otherwise === 'number') return paths.depth(node) < otherwise;
  return otherwise === 'open' || (otherwise === 'by-size' && openedOf(view).has(node));
}

/** Whether a directory of the files pane shows what is in it. */
export function isUnfolded(state: State, view: View, node: number): boolean {
  const paths = state.open?.analysis?.tables.paths;
  if (paths === undefined || view.childCount(node) === 0) return false;
  const { folds } = state.files;
  return isOpen(view, paths, { folds, otherwise: unfolding(state), whole: shownWhole(state) }, node);
}

/** Row of the files pane's cursor: that of the wanted path, else of the nearest directory above it, else the first. */
export function filesCursor(state: State): number {
  const files = filesView(state);
  if (files.kind === 'nothing') return 0;
  const { paths } = files.analysis.tables;
  for (let node = state.files.wanted; node !== ROOT; node = paths.parent(node)) {
    const row = files.rows.indexOf(node);
    if (row !== NO_ROW) return row;
  }
  return 0;
}

/** Node under the files pane's cursor, or null when it shows no row. */
export function filesNode(state: State): number | null {
  const files = filesView(state);
  return files.kind === 'nothing' || files.rows.count === 0 ? null : files.rows.at(filesCursor(state));
}

/** Hidden copies that have bytes, most bytes first; null before anything has been read. */
export function wasteList(state: State): WasteList | null {
  return state.open?.analysis == null ? null : wasteOf(state.open.analysis, state.open.layersRead);
}

const wasteOf = rememberLast((analysis: Analysis, _layersRead: number) => new WasteList(analysis));

/** How many they are. */
export const wasteCount = (state: State): number => wasteList(state)?.length ?? 0;

/** Row of the waste list's cursor: that of the wanted copy, else the first. */
export function wasteCursor(state: State): number {
  const list = wasteList(state);
  const { wanted } = state.waste;
  return list === null || list.length === 0 ? 0 : placeOfCopy(list, wanted);
}

const placeOfCopy = rememberLast((list: WasteList, wanted: number) => Math.max(0, list.placeOf(wanted)));

export function currentWaste(state: State): LedgerRow | null {
  return wasteList(state)?.at(wasteCursor(state)) ?? null;
}

/** The path that details and status line speak of, and the layer whose copy of it is meant; null where that is a layer. */
export function subjectPath(state: State): { readonly node: number; readonly layer: number } | null {
  const { subject } = state.lastFocus;
  if (subject === 'waste') return currentWaste(state);
  const node = subject === 'files' ? filesNode(state) : null;
  const layer = shownLayer(state);
  return node === null || layer === null ? null : { node, layer };
}

/** The text that is being typed, and what for; null where none is. */
export function typedText({ typing, files, file, picker }: State): {
  readonly what: 'filter' | 'search';
  readonly text: string;
} | null {
  switch (typing) {
    case 'files-filter':
      return { what: 'filter', text: files.filter };
    case 'picker-filter':
      return { what: 'filter', text: picker.filter };
    case 'file-search':
      return { what: 'search', text: file?.search?.text ?? '' };
    // The errand that it is typed for says it.
    case 'destination':
    case 'nothing':
    case null:
      return null;
  }
}
