import { Change } from '../tree/change.ts';
import { isEmpty } from '../tree/query.ts';
import { NO_ROW, type SortOrder } from '../tree/rows.ts';
import type { Command } from './actions.ts';
import { toMatch, withOpenParents } from './finding.ts';
import { showFile } from './going.ts';
import { keepInView, say, withFiles, withFilesRow } from './moving.ts';
import { filesQuery } from './filter-selectors.ts';
import { currentLayer, filesNode, filesView, isUnfolded, unfolding } from './selectors.ts';
import type { Unfolding } from './files-state.ts';
import type { State } from './state.ts';

/** What a command does to the files pane, whichever pane has the focus. */
export function filesCommand(state: State, command: Command): State {
  switch (command) {
    case 'toggle-mode': {
      const mode = state.files.mode === 'changes' ? 'everything' : 'changes';
      const layers = state.files.rangeStart === null ? 'this layer' : 'these layers';
      const text = mode === 'changes' ? `Only what ${layers} changed.` : 'Everything up to this layer.';
      return { ...fromFirstRow(withFiles(state, { mode })), message: text };
    }
    case 'toggle-order': {
      const order = NEXT_ORDER[state.files.order];
      return { ...withFiles(state, { order }), message: ORDER_TEXTS[order] };
    }
    case 'toggle-flat':
      return state.files.isFlat ? toTree(state) : toList(state);
    case 'toggle-range':
      return toggleRange(state);
    case 'toggle-added':
      return toggle(state, 'added', [Change.Added]);
    case 'toggle-modified':
      return toggle(state, 'modified', [Change.Content, Change.Metadata]);
    case 'toggle-removed':
      return toggle(state, 'removed', [Change.Removed]);
    case 'toggle-unchanged':
      return toggle(state, 'unchanged', [Change.Unchanged]);
    case 'fold-all':
    case 'unfold-all':
    case 'fewer-levels':
    case 'more-levels':
      return state.files.isFlat ? say(state, NO_DIRECTORIES) : foldMany(state, command);
    case 'next-match':
      return toMatch(state, 1);
    case 'previous-match':
      return toMatch(state, -1);
    case 'left':
    case 'right':
    case 'toggle-fold':
    case 'enter':
      return state.focus === 'files' ? onRow(state, command) : sideways(state, command);
    default:
      return { ...state, message: 'That key does nothing here.' };
  }
}

function foldMany(state: State, command: 'fold-all' | 'unfold-all' | 'fewer-levels' | 'more-levels'): State {
  switch (command) {
    case 'fold-all':
      return foldAll(state, 'folded');
    case 'unfold-all':
      return foldAll(state, 'open');
    case 'fewer-levels':
      return withLevels(state, -1);
    case 'more-levels':
      return withLevels(state, 1);
  }
}

const NO_DIRECTORIES = 'There are no directories in the list: {toggle-flat} leads back to the tree.';

/** From the tree to one list of all files, the cursor on the same one; from a directory to the first of them. */
function toList(state: State): State {
  const { order } = state.files;
  return say(
    fromFirstRow(withFiles(state, { isFlat: true })),
    `All files in one list, ${FLAT_TEXTS[order]}.`,
  );
}

const FLAT_TEXTS: Readonly<Record<SortOrder, string>> = {
  size: 'the largest first',
  name: 'by their paths',
  change: 'the largest change in size first',
};

/** Back to the tree, to the file under the cursor, every directory above it open. */
function toTree(state: State): State {
  const node = filesNode(state);
  const tree = withFiles(state, { isFlat: false });
  const paths = state.open?.analysis?.tables.paths;
  const shown = node === null || paths === undefined ? tree : keepInView(withOpenParents(tree, node, paths));
  return say(shown, 'Files in their directories.');
}

/** Other rows begin with the first of them, the largest, as far as the cursor's path can be seen too. */
function fromFirstRow(state: State): State {
  return keepInView({ ...state, files: { ...state.files, top: 0 } });
}

const NEXT_ORDER: Readonly<Record<SortOrder, SortOrder>> = { size: 'name', name: 'change', change: 'size' };

const ORDER_TEXTS: Readonly<Record<SortOrder, string>> = {
  size: 'Sorted by size.',
  name: 'Sorted by name.',
  change: 'Sorted by change in size, whichever way, the largest first.',
};

/** Says so, because it may change nothing that can be seen. */
function foldAll(state: State, otherwise: 'folded' | 'open'): State {
  return { ...withUnfolding(state, otherwise), message: `All directories: ${otherwise}.` };
}

/** What somebody has opened or folded one by one gives way to what is wanted of all. */
function withUnfolding(state: State, otherwise: Unfolding): State {
  const isFound = !isEmpty(filesQuery(state));
  const change = isFound ? { otherwiseFound: otherwise } : { otherwise };
  return withFiles(state, { ...change, folds: new Map(), shownWhole: new Set() });
}

/** One level of rows less or more than are open now; of directories that are open by their size, the first. */
function withLevels(state: State, step: 1 | -1): State {
  const files = filesView(state);
  if (files.kind === 'nothing' || files.rows.count === 0) return say(state, 'There is no directory here.');
  const most = files.view.levels();
  const now = unfolding(state);
  const levels =
    now === 'by-size' || now === 'folded'
      ? 1
      : now === 'open' || now === 'found'
        ? most
        : Math.min(now, most);
  const wanted = now === 'by-size' && step === -1 ? 1 : levels + step;
  if (wanted < 1) return say(state, 'Only the outermost level is shown.');
  if (wanted > most) return say(withUnfolding(state, 'open'), `All ${most} levels are shown.`);
  return say(withUnfolding(state, wanted), `Directories are open down to level ${wanted} of ${most}.`);
}

/** A range has one end where it was begun, and the other at the chosen layer. */
function toggleRange(state: State): State {
  if (state.files.rangeStart !== null) return endRange(state);
  const layer = currentLayer(state);
  if (layer === null) return say(state, 'This instruction makes no layer: a range begins at one.');
  const text = `A range of layers begins at ${layer}: go to its other end. {back} ends it.`;
  return say(withFiles(state, { rangeStart: layer }), text);
}

/** Back to the changes of one layer. */
export function endRange(state: State): State {
  return say(withFiles(state, { rangeStart: null }), 'No range any more: the changes of one layer.');
}

function toggle(state: State, name: string, changes: readonly Change[]): State {
  const leftOut = new Set(state.files.leftOut);
  const isHidden = changes.some((change) => leftOut.has(change));
  for (const change of changes) {
    if (isHidden) leftOut.delete(change);
    else leftOut.add(change);
  }
  return { ...withFiles(state, { leftOut }), message: `Paths ${name}: ${isHidden ? 'shown' : 'left out'}.` };
}

function sideways(state: State, command: string): State {
  const why =
    command === 'toggle-fold'
      ? 'Folding works in the files pane: {next-pane} leads there.'
      : '{next-pane} goes from pane to pane.';
  return { ...state, message: why };
}

function onRow(state: State, command: 'left' | 'right' | 'toggle-fold' | 'enter'): State {
  const files = filesView(state);
  const node = filesNode(state);
  if (files.kind === 'nothing' || node === null) return { ...state, message: 'There is no row here.' };
  if (state.files.isFlat) return command === 'enter' ? showFile(state) : say(state, NO_DIRECTORIES);
  const { view, rows, analysis } = files;
  const isDirectory = view.childCount(node) > 0;
  const isOpen = isUnfolded(state, view, node);
  switch (command) {
    case 'right':
      if (!isDirectory) return { ...state, message: 'Nothing to unfold: {enter} shows the file.' };
      return isOpen ? withFilesRow(state, rows.indexOf(node) + 1) : fold(state, node, true);
    case 'left': {
      if (isOpen) return fold(state, node, false);
      const parent = rows.indexOf(analysis.tables.paths.parent(node));
      return parent === NO_ROW
        ? { ...state, message: 'This is the outermost directory.' }
        : withFilesRow(state, parent);
    }
    case 'toggle-fold':
      return isDirectory
        ? fold(state, node, !isOpen)
        : { ...state, message: 'Only a directory with rows below it folds.' };
    case 'enter':
      if (isDirectory) return fold(state, node, !isOpen);
      return showFile(state);
  }
}

function fold(state: State, node: number, isOpen: boolean): State {
  const folds = new Map(state.files.folds).set(node, isOpen);
  const { shownWhole: before } = state.files;
  const shownWhole = isOpen && !isEmpty(filesQuery(state)) ? new Set(before).add(node) : before;
  return keepInView({ ...state, files: { ...state.files, folds, shownWhole, wanted: node } });
}
