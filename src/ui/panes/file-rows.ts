// Rows of the files pane: what stands in their cells, and where.

import { formatBytes, formatDelta } from '../../image/format.ts';
import { shown } from '../../image/text.ts';
import { widestOwner } from '../../state/image-selectors.ts';
import { layoutOf, type PaneLayout } from '../../state/layout.ts';
import type { Place } from '../../state/pointing.ts';
import { type FilesView, filesView, isUnfolded } from '../../state/selectors.ts';
import type { State } from '../../state/state.ts';
import { Kind } from '../../tree/kind.ts';
import type { View } from '../../tree/view.ts';
import { fateWords, modeText, ownerText } from '../text/life.ts';
import {
  cells,
  fit,
  fitMiddle,
  fitTail,
  fitValue,
  type Line,
  rowLine,
  type Segment,
  segment,
  widthOf,
} from '../text/segments.ts';
import { CHANGE_ROLES, type Glyphs } from '../theme.ts';
import { CHANGE, type Columns, columnsFor, FATE, SIZE } from './file-columns.ts';

interface RowOptions {
  readonly columns: Columns;
  readonly isCursor: boolean;
  readonly isFocused: boolean;
  readonly glyphs: Glyphs;
}

/** The path of a row, what the layer did to it, and what became of it. */
export function fileLine(
  state: State,
  { view, analysis }: Shown,
  node: number,
  { columns, isCursor, isFocused, glyphs }: RowOptions,
): Line {
  const entry = view.entryOf(node);
  const fate = fateWords(analysis, node, view.query.layer, glyphs);
  const role = CHANGE_ROLES[view.changeOf(node)];
  const fateText = fate === null ? '' : columns.fate === FATE ? fate.text : fate.sign;
  // Where nothing became of it, a path may be as long as both columns.
  const fateCells = fate === null ? 0 : columns.fate;
  const width = columns.path + columns.fate - fateCells;
  const line: Segment[] = [
    segment(isCursor ? glyphs.cursor : ' ', 'strong'),
    ...beforePath({ view, analysis }, node, { columns, isHidden: fate !== null, glyphs }),
    segment(pathText(state, { view, analysis }, { node, entry, width, glyphs }), role),
    segment(fate === null ? '' : fit(` ${fateText}`, fateCells, glyphs.ellipsis), fate?.role ?? 'plain'),
  ];
  return rowLine(line, isCursor && isFocused);
}

/** What stands between the cursor and the path. */
function beforePath(
  { view, analysis }: Shown,
  node: number,
  { columns, isHidden, glyphs }: Pick<RowOptions, 'columns' | 'glyphs'> & { readonly isHidden: boolean },
): Segment[] {
  const entry = view.entryOf(node);
  const change = view.changeOf(node);
  const role = CHANGE_ROLES[change];
  return [
    segment(glyphs.marks[change], role),
    ...(columns.size
      ? [
          segment(
            fitValue(formatBytes(view.bytesOf(node)), SIZE, glyphs.ellipsis),
            isHidden ? 'hidden' : 'plain',
          ),
        ]
      : []),
    ...(columns.change
      ? [segment(fitValue(formatDelta(view.deltaOf(node)), CHANGE, glyphs.ellipsis), role)]
      : []),
    ...(columns.mode ? [segment(` ${modeText(analysis, entry)}`, 'dim')] : []),
    ...(columns.owner
      ? [segment(fitValue(ownerText(analysis, entry), columns.ownerCells, glyphs.ellipsis), 'dim')]
      : []),
    segment(' '),
  ];
}

/** Whether the mark stands at a place of the screen that says if the directory there is folded. */
export function isOnFold(state: State, { pane, column, row }: Place, glyphs: Glyphs): boolean {
  const files = filesView(state);
  const layout = layoutOf(state)?.panes.files;
  if (pane !== 'files' || row === null || layout === undefined || files.kind === 'nothing') return false;
  const [node] = files.rows.slice(state.files.top + row, 1);
  if (node === undefined || !hasFold(state, files.view, node)) return false;
  const columns = columnsIn(state, layout);
  const before = [
    segment(glyphs.cursor),
    ...beforePath(files, node, { columns, isHidden: false, glyphs }),
    segment(indentOf(files, node)),
  ];
  return column === BORDER_CELLS + widthOf(before);
}

/** That on the left. */
const BORDER_CELLS = 1;

/** The columns that there is room for. */
export const columnsIn = (state: State, layout: PaneLayout): Columns =>
  columnsFor(layout.columns - 2 * BORDER_CELLS, state.files, widestOwner(state));

const hasFold = ({ files }: State, view: View, node: number): boolean =>
  !files.isFlat && view.childCount(node) > 0;

/** Two cells for each level, as deep as a path can be seen. */
const INDENT = 2;
const MAX_INDENT = 20;

const indentOf = ({ analysis }: Pick<Shown, 'analysis'>, node: number): string =>
  ' '.repeat(Math.min((analysis.tables.paths.depth(node) - 1) * INDENT, MAX_INDENT));

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
  { view, analysis }: Shown,
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
  const isOpen = isUnfolded(state, view, node);
  const sign = hasFold(state, view, node) ? (isOpen ? glyphs.open : glyphs.folded) : ' ';
  const name = shown(paths.name(node)) + (entries.isDirectory(entry) ? '/' : '');
  const lead = `${indentOf({ analysis }, node)}${sign} `;
  return lead + fitMiddle(name + link, width - cells(lead), glyphs.ellipsis);
}

function linkText({ stack: { entries }, tables }: FilesAnalysis, entry: number, glyphs: Glyphs): string {
  if (entries.kindOf(entry) === Kind.Symlink) return ` ${glyphs.arrow} ${shown(entries.linkOf(entry))}`;
  if (!entries.isLink(entry)) return '';
  return ` ${glyphs.sameFile} /${shown(tables.paths.path(entries.nodeOf(entries.inodeOf(entry))))}`;
}

/** The rows of a layer, and what they are of. */
type Shown = Pick<Extract<FilesView, { kind: 'rows' }>, 'view' | 'analysis'>;
type FilesAnalysis = Shown['analysis'];
