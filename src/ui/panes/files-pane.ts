import { visible } from '../../image/text.ts';
import type { PaneLayout } from '../../state/layout.ts';
import { matchNumber } from '../../state/finding.ts';
import { isSearching } from '../../state/filter-selectors.ts';
import { filesCursor, filesLayer, type FilesView, filesView, rangeOf } from '../../state/selectors.ts';
import type { State } from '../../state/state.ts';
import { Change } from '../../tree/change.ts';
import type { View } from '../../tree/view.ts';
import { type Keymap, labelOf, withLabels } from '../keymap.ts';
import { framed } from '../text/frame.ts';
import { type Line, segment, wrap } from '../text/segments.ts';
import type { Glyphs } from '../theme.ts';
import { heading } from './file-columns.ts';
import { columnsIn, fileLine } from './file-rows.ts';

/** The files of the chosen layer. */
export function filesPane(state: State, layout: PaneLayout, glyphs: Glyphs, keymap: Keymap): Line[] {
  const files = filesView(state);
  const isFocused = state.focus === 'files';
  const frame = { ...layout, isFocused, glyphs };
  const title = `Files  ${subject(state)}`;
  if (files.kind === 'nothing') {
    return framed([[], [segment(`  ${withLabels(keymap, REASONS[files.reason])}`, 'dim')]], {
      ...frame,
      title,
      notes: [],
    });
  }
  const columns = columnsIn(state, layout);
  const cursor = filesCursor(state);
  const rows = files.rows.slice(state.files.top, layout.listRows).map((node, row): Line => {
    const isCursor = state.files.top + row === cursor;
    return fileLine(state, files, node, { columns, isCursor, isFocused, glyphs });
  });
  const body =
    files.rows.count === 0
      ? [[], ...nothingLines(nothingText(state, files.view, keymap), layout.columns - 2)]
      : [heading(columns), ...rows];
  return framed(body, { ...frame, title, notes: notesOf(state, files, layout.listRows, glyphs) });
}

function subject(state: State): string {
  const layer = filesLayer(state);
  if (layer === null) return '';
  const { from, to } = rangeOf(state, layer);
  const isRange = state.files.rangeStart !== null;
  if (state.files.mode === 'changes')
    return isRange ? `changes of layers ${from} to ${to}` : `changes of layer ${layer}`;
  return `everything up to layer ${to}${isRange ? `, changed since ${from}` : ''}`;
}

/** What is shown, how it is sorted and which of the rows are seen, and shorter: what is missing matters most. */
function notesOf(
  state: State,
  { rows }: Extract<FilesView, { kind: 'rows' }>,
  height: number,
  glyphs: Glyphs,
): string[] {
  const { order, applied, leftOut, top, isFlat } = state.files;
  const names = new Set(Array.from(leftOut, (change) => CHANGE_NAMES[change]));
  const number = state.typing === null ? matchNumber(state) : null;
  const matches = `${number === null ? '' : `${number} of `}${rows.matchCount} match${isSearching(state) ? `, searching${glyphs.ellipsis}` : ''}`;
  const missing = [
    ...(applied === '' ? [] : [`${matches} /${visible(applied)}`]),
    ...(names.size === 0 ? [] : [`without ${Array.from(names).join(', ')}`]),
  ];
  const noun = isFlat ? 'file' : 'row';
  const all = `${rows.count} ${noun}${rows.count === 1 ? '' : 's'}`;
  const place = rows.count <= height ? all : `${top + 1}-${Math.min(top + height, rows.count)} of ${all}`;
  const shortest = applied === '' ? ['filtered'] : [matches];
  const candidates = [
    [...missing, `${isFlat ? 'list ' : ''}by ${order}`, place],
    [...missing, place],
    missing,
    shortest,
  ];
  return candidates.map((parts) => parts.join(` ${glyphs.separator} `));
}

const CHANGE_NAMES: Readonly<Record<Change, string>> = [
  '',
  'added',
  'modified',
  'modified',
  'unchanged',
  'removed',
];

const REASONS: Readonly<Record<Extract<FilesView, { kind: 'nothing' }>['reason'], string>> = {
  'no-image': 'Waiting for the image.',
  'no-layer': 'This instruction makes no layer: {toggle-mode} shows everything up to here.',
  'no-layer-yet': 'No instruction up to here makes a layer.',
  'not-read': 'This layer has not been read yet.',
};

const nothingLines = (text: string, width: number): Line[] =>
  wrap(text, Math.max(1, width - 4)).map((line) => [segment(`  ${line}`, 'dim')]);

function nothingText(state: State, view: View, keymap: Keymap): string {
  const { files } = state;
  if (isSearching(state)) return `No path yet that matches ${visible(files.applied)}; searching.`;
  if (files.isFlat && view.matchCount > 0)
    return withLabels(keymap, files.applied === '' ? NO_FILES : DIRECTORIES_MATCH);
  if (files.applied !== '' && isPart(state)) return nothingChangedText(state, keymap);
  if (files.applied !== '')
    return `No path matches ${visible(files.applied)}: ${labelOf(keymap, 'back')} clears the filter.`;
  if (files.leftOut.size > 0) return withLabels(keymap, LEFT_OUT);
  if (files.mode === 'everything') return 'There is no file up to this layer.';
  return files.rangeStart === null ? 'This layer changes no file.' : 'Together these layers change no file.';
}

/** Whether there may be more files up to here than the pane is about. */
const isPart = (state: State): boolean =>
  state.files.mode === 'changes' && rangeOf(state, filesLayer(state) ?? 0).from > 0;

/** What these layers did not change may be there all the same. */
function nothingChangedText(state: State, keymap: Keymap): string {
  const { from, to } = rangeOf(state, filesLayer(state) ?? 0);
  const layers = from === to ? `layer ${to}` : `layers ${from} to ${to}`;
  const keys = state.typing === null ? '{toggle-mode}' : '{enter}, then {toggle-mode},';
  const way = withLabels(keymap, `${keys} searches everything up to here.`);
  return `No path that ${layers} changed matches ${visible(state.files.applied)}: ${way}`;
}

const NO_FILES = 'There are directories and no files: {toggle-flat} leads back to the tree.';

/** A directory's name is not that of what is in it. */
const DIRECTORIES_MATCH =
  'Only directories match: {toggle-flat} shows them. **/name/** finds what is in one.';

const LEFT_OUT =
  'Nothing but what is left out: {toggle-added}, {toggle-modified}, {toggle-removed} and {toggle-unchanged} show it again.';
