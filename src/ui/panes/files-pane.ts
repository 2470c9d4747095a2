import { formatBytes, formatDelta } from '../../image/format.ts';
import { shown, visible } from '../../image/text.ts';
import type { PaneLayout } from '../../state/layout.ts';
import { matchNumber } from '../../state/finding.ts';
import {
  filesCursor,
  filesLayer,
  type FilesView,
  filesView,
  isSearching,
  isUnfolded,
  rangeOf,
} from '../../state/selectors.ts';
import type { State } from '../../state/state.ts';
import { Change } from '../../tree/change.ts';
import { Kind } from '../../tree/layer-entries.ts';
import type { View } from '../../tree/view.ts';
import { type Keymap, labelOf, withLabels } from '../keymap.ts';
import { framed } from '../text/frame.ts';
import { fateWords, modeText, ownerText } from '../text/life.ts';
import {
  cells,
  fit,
  fitMiddle,
  fitRight,
  fitTail,
  type Line,
  rowLine,
  type Segment,
  segment,
  wrap,
} from '../text/segments.ts';
import { CHANGE_ROLES, type Glyphs } from '../theme.ts';
import { CHANGE, type Columns, columnsFor, FATE, heading, OWNER, SIZE } from './file-columns.ts';

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
  const columns = columnsFor(layout.columns - 2, state.files.order, state.files.columns);
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

interface RowOptions {
  readonly columns: Columns;
  readonly isCursor: boolean;
  readonly isFocused: boolean;
  readonly glyphs: Glyphs;
}

function fileLine(
  state: State,
  { view, analysis }: Extract<FilesView, { kind: 'rows' }>,
  node: number,
  { columns, isCursor, isFocused, glyphs }: RowOptions,
): Line {
  const entry = view.entryOf(node);
  const change = view.changeOf(node);
  const fate = fateWords(analysis, node, view.query.layer, glyphs);
  const role = CHANGE_ROLES[change];
  const fateText = fate === null ? '' : columns.fate === FATE ? fate.text : fate.sign;
  const line: Segment[] = [
    segment(isCursor ? glyphs.cursor : ' ', 'strong'),
    segment(glyphs.marks[change], role),
    ...(columns.size
      ? [segment(fitRight(formatBytes(view.bytesOf(node)), SIZE), fate === null ? 'plain' : 'hidden')]
      : []),
    ...(columns.change ? [segment(fitRight(formatDelta(view.deltaOf(node)), CHANGE), role)] : []),
    ...(columns.mode ? [segment(` ${modeText(analysis, entry)}`, 'dim')] : []),
    ...(columns.owner ? [segment(fitRight(ownerText(analysis, entry), OWNER), 'dim')] : []),
    segment(' '),
    segment(pathText(state, { view, analysis }, { node, entry, width: columns.path, glyphs }), role),
    segment(fit(` ${fateText}`, columns.fate, glyphs.ellipsis), fate?.role ?? 'plain'),
  ];
  return rowLine(line, isCursor && isFocused);
}

/** Two cells for each level, as deep as a path can be seen. */
const INDENT = 2;
const MAX_INDENT = 20;

interface PathOptions {
  readonly node: number;
  readonly entry: number;
  /** Cells. */
  readonly width: number;
  readonly glyphs: Glyphs;
}

/** A path's own name in the tree, in the list all of it, and where a link leads. */
function pathText(
  state: State,
  { view, analysis }: Pick<Extract<FilesView, { kind: 'rows' }>, 'view' | 'analysis'>,
  { node, entry, width, glyphs }: PathOptions,
): string {
  const { paths } = analysis.tables;
  const { entries } = analysis.stack;
  const link = linkText(analysis, entry, glyphs);
  if (state.files.isFlat) {
    const path = `/${shown(paths.path(node))}`;
    return link === ''
      ? fitTail(path, width, glyphs.ellipsis)
      : fitMiddle(path + link, width, glyphs.ellipsis);
  }
  const indent = ' '.repeat(Math.min((paths.depth(node) - 1) * INDENT, MAX_INDENT));
  const hasRows = view.childCount(node) > 0;
  const sign = hasRows ? (isUnfolded(state, view, node) ? glyphs.open : glyphs.folded) : ' ';
  const name = shown(paths.name(node)) + (entries.isDirectory(entry) ? '/' : '');
  const lead = `${indent}${sign} `;
  return lead + fitMiddle(name + link, width - cells(lead), glyphs.ellipsis);
}

function linkText({ stack: { entries }, tables }: FilesAnalysis, entry: number, glyphs: Glyphs): string {
  if (entries.kindOf(entry) === Kind.Symlink) return ` ${glyphs.arrow} ${shown(entries.linkOf(entry))}`;
  if (!entries.isLink(entry)) return '';
  return ` ${glyphs.sameFile} /${shown(tables.paths.path(entries.nodeOf(entries.inodeOf(entry))))}`;
}

type FilesAnalysis = Extract<FilesView, { kind: 'rows' }>['analysis'];
