import { Change } from '../tree/change.ts';
import { NO_ROW } from '../tree/rows.ts';
import type { Command } from './actions.ts';
import { showFile } from './going.ts';
import { keepInView, withFiles, withFilesRow } from './moving.ts';
import { filesNode, filesView, isUnfolded } from './selectors.ts';
import type { State } from './state.ts';

/** What a command does to the files pane, whichever pane has the focus. */
export function filesCommand(state: State, command: Command | 'clear-filter'): State {
  switch (command) {
    case 'toggle-mode': {
      const mode = state.files.mode === 'changes' ? 'everything' : 'changes';
      const text = mode === 'changes' ? 'Only what this layer changed.' : 'Everything up to this layer.';
      return { ...withFiles(state, { mode }), message: text };
    }
    case 'toggle-order': {
      const order = state.files.order === 'size' ? 'name' : 'size';
      return { ...withFiles(state, { order }), message: `Sorted by ${order}.` };
    }
    case 'toggle-added':
      return toggle(state, 'added', [Change.Added]);
    case 'toggle-modified':
      return toggle(state, 'modified', [Change.Content, Change.Metadata]);
    case 'toggle-removed':
      return toggle(state, 'removed', [Change.Removed]);
    case 'toggle-unchanged':
      return toggle(state, 'unchanged', [Change.Unchanged]);
    case 'fold-all':
      return foldAll(state, 'folded');
    case 'unfold-all':
      return foldAll(state, 'open');
    case 'clear-filter':
      return withFiles(state, { filter: '' });
    case 'left':
    case 'right':
    case 'toggle-fold':
    case 'enter':
      return state.focus === 'files' ? onRow(state, command) : sideways(state, command);
    default:
      return { ...state, message: 'That key does nothing here.' };
  }
}

/** Says so, because it may change nothing that can be seen. */
function foldAll(state: State, otherwise: 'folded' | 'open'): State {
  return { ...withFiles(state, { folds: new Map(), otherwise }), message: `All directories: ${otherwise}.` };
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
  return keepInView({ ...state, files: { ...state.files, folds, wanted: node } });
}
