import { formatBytes, formatDelta } from '../../image/format.ts';
import { shown, visible } from '../../image/text.ts';
import type { PaneLayout } from '../../state/layout.ts';
import { matchNumber } from '../../state/finding.ts';
import {
  filesCursor,
  filesLayer,
  type FilesView,
  filesView,
  isUnfolded,
  rangeOf,
} from '../../state/selectors.ts';
import { FILE_COLUMNS, type FileColumn } from '../../state/files-state.ts';
import type { State } from '../../state/state.ts';
import { Change } from '../../tree/change.ts';
import { Kind } from '../../tree/layer-entries.ts';
import type { SortOrder } from '../../tree/rows.ts';
import { type Keymap, labelOf, withLabels } from '../keymap.ts';
import { framed } from '../text/frame.ts';
import { fateWords, modeText, ownerText } from '../text/life.ts';
import {
  cells,
  fit,
  fitMiddle,
  fitRight,
  type Line,
  rowLine,
  type Segment,
  segment,
} from '../text/segments.ts';
import { CHANGE_ROLES, type Glyphs } from '../theme.ts';

/** Widths of columns in cells; each but the first two begins with a space that divides it from the one before. */
const SIGNS = 2;
const SIZE = 10;
const CHANGE = 11;
const OWNER = 11;
const MODE = 11;
const FATE = 20;
const SIGN = 2;
const LEAST_PATH = 30;

interface Columns {
  readonly size: boolean;
  /** The change in size. */
  readonly change: boolean;
  readonly mode: boolean;
  readonly owner: boolean;
  /** Cells of the fate: whole, or only its sign, or none. */
  readonly fate: number;
  readonly path: number;
}

/**
 * The columns of a pane that is `width` cells wide, of those that are wanted. They give way as it narrows, in this order:
 * mode, change in size, owner, fate to its sign. The path keeps 30 cells. Where rows stand by their change in size, it is
 * wanted, and the last to give way.
 */
export function columnsFor(
  width: number,
  order: SortOrder = 'size',
  wanted: readonly FileColumn[] = FILE_COLUMNS,
): Columns {
  const has = (column: FileColumn) => wanted.includes(column);
  const sign = has('fate') ? SIGN : 0;
  let room = width - SIGNS - (has('size') ? SIZE : 0) - 1 - LEAST_PATH - sign;
  /** Whether there is room for it; what is not wanted is in nobody's way. */
  const take = (column: FileColumn, cells: number, isInTurn = true): boolean => {
    if (!has(column)) return isInTurn;
    const fits = isInTurn && room >= cells;
    if (fits) room -= cells;
    return fits;
  };
  const isFirst = order === 'change' && room >= CHANGE;
  if (isFirst) room -= CHANGE;
  const fate = take('fate', FATE - SIGN);
  const owner = take('owner', OWNER, fate);
  const change = isFirst || take('change', CHANGE, owner);
  const mode = take('mode', MODE, owner && change);
  return {
    size: has('size'),
    change: isFirst || (change && has('change')),
    mode: mode && has('mode'),
    owner: owner && has('owner'),
    fate: has('fate') && fate ? FATE : sign,
    path: LEAST_PATH + room,
  };
}

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
      ? [[], [segment(`  ${nothingText(state, keymap)}`, 'dim')]]
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
  { view, rows }: Extract<FilesView, { kind: 'rows' }>,
  height: number,
  glyphs: Glyphs,
): string[] {
  const { order, applied, leftOut, top } = state.files;
  const names = new Set(Array.from(leftOut, (change) => CHANGE_NAMES[change]));
  const number = state.typing === null ? matchNumber(state) : null;
  const matches = `${number === null ? '' : `${number} of `}${view.matchCount} match`;
  const missing = [
    ...(applied === '' ? [] : [`${matches} /${visible(applied)}`]),
    ...(names.size === 0 ? [] : [`without ${Array.from(names).join(', ')}`]),
  ];
  const all = `${rows.count} ${rows.count === 1 ? 'row' : 'rows'}`;
  const place = rows.count <= height ? all : `${top + 1}-${Math.min(top + height, rows.count)} of ${all}`;
  const shortest = applied === '' ? ['filtered'] : [matches];
  const candidates = [[...missing, `by ${order}`, place], [...missing, place], missing, shortest];
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

function nothingText({ files }: State, keymap: Keymap): string {
  if (files.applied !== '')
    return `No path matches ${visible(files.applied)}: ${labelOf(keymap, 'back')} clears the filter.`;
  if (files.leftOut.size > 0) return withLabels(keymap, LEFT_OUT);
  if (files.mode === 'everything') return 'There is no file up to this layer.';
  return files.rangeStart === null ? 'This layer changes no file.' : 'Together these layers change no file.';
}

const LEFT_OUT =
  'Nothing but what is left out: {toggle-added}, {toggle-modified}, {toggle-removed} and {toggle-unchanged} show it again.';

function heading({ size, change, mode, owner, path, fate }: Columns): Line {
  const text =
    ' '.repeat(SIGNS) +
    (size ? 'size'.padStart(SIZE) : '') +
    (change ? 'change'.padStart(CHANGE) : '') +
    (mode ? ' mode'.padEnd(MODE) : '') +
    (owner ? 'owner'.padStart(OWNER) : '') +
    ' path'.padEnd(path + 1) +
    (fate === FATE ? ' fate' : '');
  return [segment(text, 'dim')];
}

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

/** A path's own name in the tree, and where a link leads. */
function pathText(
  state: State,
  { view, analysis }: Pick<Extract<FilesView, { kind: 'rows' }>, 'view' | 'analysis'>,
  { node, entry, width, glyphs }: PathOptions,
): string {
  const { paths } = analysis.tables;
  const { entries } = analysis.stack;
  const indent = ' '.repeat(Math.min((paths.depth(node) - 1) * INDENT, MAX_INDENT));
  const hasRows = view.childCount(node) > 0;
  const sign = hasRows ? (isUnfolded(state, view, node) ? glyphs.open : glyphs.folded) : ' ';
  const name = shown(paths.name(node)) + (entries.isDirectory(entry) ? '/' : '');
  const lead = `${indent}${sign} `;
  return lead + fitMiddle(name + linkText(analysis, entry, glyphs), width - cells(lead), glyphs.ellipsis);
}

function linkText({ stack: { entries }, tables }: FilesAnalysis, entry: number, glyphs: Glyphs): string {
  if (entries.kindOf(entry) === Kind.Symlink) return ` ${glyphs.arrow} ${shown(entries.linkOf(entry))}`;
  if (!entries.isLink(entry)) return '';
  return ` ${glyphs.sameFile} /${shown(tables.paths.path(entries.nodeOf(entries.inodeOf(entry))))}`;
}

type FilesAnalysis = Extract<FilesView, { kind: 'rows' }>['analysis'];
