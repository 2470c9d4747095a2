// What is in a file, on the screen of it: its text, its bytes, or what changed against the content before.

import type { Analysis } from '../../analysis/analysis.ts';
import type { ContentView } from '../../content/content-view.ts';
import type { DifferenceRow } from '../../content/difference.ts';
import type { FileContent } from '../../content/file-content.ts';
import { formatBytes } from '../../image/format.ts';
import { shown, visible } from '../../image/text.ts';
import {
  contentRowCount,
  type FileChanges,
  fileChanges,
  fileContent,
  fileEntry,
  fileView,
  loadOf,
} from '../../state/contents.ts';
import { foundCount } from '../../state/file-search.ts';
import type { FileState, State } from '../../state/state.ts';
import { NOTHING } from '../../tree/entries.ts';
import { Kind } from '../../tree/kind.ts';
import { framed } from '../text/frame.ts';
import {
  cells,
  fit,
  fitValue,
  type Line,
  type Segment,
  segment,
  sliceCells,
  widthOf,
} from '../text/segments.ts';
import type { Glyphs, Role } from '../theme.ts';

export interface FileContentOptions {
  readonly columns: number;
  readonly rows: number;
  readonly glyphs: Glyphs;
}

/** What is in the file, or why it is not shown. */
export function fileContentPane(state: State, file: FileState, options: FileContentOptions): Line[] {
  const { columns, rows, glyphs } = options;
  const analysis = state.open?.analysis ?? null;
  if (analysis === null) return [];
  const frame = { columns, rows, isFocused: true, glyphs };
  const content = fileContent(state);
  const view = fileView(state);
  const title = titleOf(state, file, content);
  const reason = content === null ? whyNoContent(state, analysis, file) : null;
  if (content === null || reason !== null) {
    return framed([[], [segment(`  ${reason ?? ''}`, 'dim')]], { ...frame, title, notes: [] });
  }
  const room = { first: file.top, count: rows - 2, left: file.left, width: columns - 2, glyphs };
  const body =
    view === 'changes'
      ? changeLines(fileChanges(state), room)
      : view === 'hex'
        ? plainLines(content.hex, file, room)
        : textLines(content, file, room);
  const count = contentRowCount(state);
  const last = Math.min(count, file.top + rows - 2);
  const position = count <= rows - 2 ? '' : `${file.top + 1}-${last} of ${count}`;
  return framed(body, { ...frame, title, notes: notesOf(state, content, position, glyphs) });
}

function titleOf(state: State, file: FileState, content: FileContent | null): string {
  const layer = `in layer ${file.layer}`;
  if (content === null) return `Content  ${layer}`;
  switch (fileView(state)) {
    case 'text':
      return `Text  ${layer}`;
    case 'hex':
      return `Bytes  ${layer}`;
    case 'changes':
      return `Changes  made by layer ${file.layer}`;
  }
}

/** `3 of 12`: which of the places that were found one is at; `999+` where there may be more than were counted. */
export function foundWords(state: State): string {
  const found = foundCount(state);
  if (found === null) return '';
  const count = `${found.count}${found.isCutOff ? '+' : ''}`;
  return found.number === null ? count : `${found.number} of ${count}`;
}

/** What is searched for and how much is seen; what kind of text it is where there is room. */
function notesOf(state: State, content: FileContent, position: string, glyphs: Glyphs): string[] {
  const search = state.file?.search ?? null;
  const found =
    search === null || search.text === ''
      ? ''
      : `/${visible(search.text)}: ${search.offset === null ? 'not found' : foundWords(state)}`;
  const { text } = content;
  const kind = [
    ...(text === null
      ? []
      : [text.encoding, ...(text.endings === 'LF' || text.endings === 'none' ? [] : [text.endings])]),
    formatBytes(content.size),
    ...(content.leftOut === 0 ? [] : [`the last ${formatBytes(content.leftOut)} left out`]),
  ];
  const join = (parts: readonly string[]) =>
    parts.filter((part) => part !== '').join(` ${glyphs.separator} `);
  return [join([found, ...kind, position]), join([found, position]), found];
}

/** Why there is nothing to show in a word or two; null where there is something. */
export function whyNoContent(state: State, analysis: Analysis, file: FileState): string | null {
  const { entries, records } = analysis.stack;
  const entry = fileEntry(analysis, file);
  if (entry === NOTHING) {
    const wasThere = records.life(file.node).some((record) => records.layerOf(record) <= file.layer);
    return wasThere
      ? `Layer ${file.layer} shows no such path: it has been deleted.`
      : `Layer ${file.layer} has no such path yet.`;
  }
  if (entry < 0 || entries.isDirectory(entry)) return 'A directory.';
  const kind = entries.kindOf(entry);
  const link = shown(entries.linkOf(entry));
  if (kind === Kind.Symlink) return `A symbolic link to ${link}`;
  if (kind !== Kind.File) return kind === Kind.Fifo ? 'A named pipe.' : `A device: ${link}.`;
  const load = loadOf(state, entry);
  if (load?.kind === 'failed') return visible(load.message);
  if (load?.kind === 'reading') {
    if (load.share === 0 && load.waited !== undefined) {
      const isDaemon = state.open?.facts?.source === 'docker';
      return `${isDaemon ? 'The daemon prepares the export' : 'Waiting for the first bytes'}: ${Math.round(load.waited / 1000)} s.`;
    }
    return load.share === 0 ? 'Asking for its content.' : `Reading it: ${Math.floor(load.share * 100)} %.`;
  }
  return state.open?.isComplete === true ? null : 'What is in it can be read once the whole image has been.';
}

interface Room {
  /** First row, and how many rows there are room for. */
  readonly first: number;
  readonly count: number;
  /** First cell of each row that is shown, and how many cells there are room for. */
  readonly left: number;
  readonly width: number;
  readonly glyphs: Glyphs;
}

function plainLines(view: ContentView, file: FileState, room: Room): Line[] {
  const rows = view.rows(room.first, room.count);
  return rows.map((text, index) => highlighted(view, file, { ...room, row: room.first + index, text }));
}

function textLines({ text }: FileContent, file: FileState, room: Room): Line[] {
  if (text === null) return [];
  if (text.rowCount === 0) return [[], [segment('  It is empty.', 'dim')]];
  const digits = Math.max(3, String(text.lineCount).length) + 1;
  return text.numberedRows(room.first, room.count).map((row, index) => [
    segment(`${(row.line === null ? '' : String(row.line)).padStart(digits)} `, 'dim'),
    ...highlighted(text, file, {
      row: room.first + index,
      text: row.text,
      left: room.left,
      width: room.width - digits - 1,
      glyphs: room.glyphs,
    }),
  ]);
}

interface Row {
  readonly row: number;
  readonly text: string;
  readonly left: number;
  readonly width: number;
  readonly glyphs: Glyphs;
}

/** A row's cells from `left` on, with what is searched for standing out. */
function highlighted(
  view: ContentView,
  { search }: FileState,
  { row, text, left, width, glyphs }: Row,
): Segment[] {
  const needle = search === null ? null : view.needle(search.text);
  const spans = needle === null ? [] : view.spans(row, needle);
  const pieces: Segment[] = [];
  let from = 0;
  for (const { start, end } of spans) {
    pieces.push(segment(text.slice(from, start)), segment(text.slice(start, end), 'selected'));
    from = end;
  }
  pieces.push(segment(text.slice(from)));
  return seenCells(pieces, left, width, glyphs);
}

/** The cells of a row from `left` on; a mark in the last of them says that it goes on. */
function seenCells(pieces: Line, left: number, width: number, { ellipsis }: Glyphs): Segment[] {
  const seen = sliceCells(pieces, left, width + 1);
  const mark = cells(ellipsis);
  if (widthOf(seen) <= width || width <= mark) return sliceCells(seen, 0, width);
  return [...sliceCells(seen, 0, width - mark), segment(ellipsis, 'dim')];
}

function changeLines(changes: FileChanges, { first, count, left, width, glyphs }: Room): Line[] {
  if (changes.kind !== 'difference') return [[], [segment(`  ${whyNoChanges(changes)}`, 'dim')]];
  const { difference } = changes;
  return difference.rows(first, count).map((row) => changeLine(row, left, width, glyphs));
}

const NUMBER = 6;

const CHANGE_SIGNS: Readonly<Record<'same' | 'removed' | 'added', readonly [sign: string, role: Role]>> = {
  same: [' ', 'plain'],
  removed: ['-', 'removed'],
  added: ['+', 'added'],
};

function changeLine(row: DifferenceRow, left: number, width: number, glyphs: Glyphs): Line {
  if (row.kind === 'folded') {
    const lines = row.count === 1 ? '1 line that is the same' : `${row.count} lines that are the same`;
    return [
      segment(fit(`${' '.repeat(2 * NUMBER)}   ${glyphs.ellipsis} ${lines}`, width, glyphs.ellipsis), 'dim'),
    ];
  }
  const [sign, role] = CHANGE_SIGNS[row.kind];
  const number = (line: number | null) =>
    fitValue(line === null ? '' : String(line), NUMBER, glyphs.ellipsis);
  return [
    segment(`${number(row.before)}${number(row.after)} `, 'dim'),
    segment(`${sign} `, role),
    ...seenCells([segment(row.text, role)], left, width - 2 * NUMBER - 3, glyphs),
  ];
}

/** Why there are no changes to show. */
export function whyNoChanges(changes: Exclude<FileChanges, { kind: 'difference' }>): string {
  if (changes.kind === 'waiting') return 'Asking for the content before.';
  if (changes.kind === 'failed') return visible(changes.message);
  switch (changes.reason) {
    case 'new':
      return 'There was no file before: all of it is new.';
    case 'same':
      return 'The content is the same as before.';
    case 'no-text':
      return 'One of the two is no text: compare their bytes.';
    case 'too-large':
      return 'They are too large to be compared here.';
  }
}
