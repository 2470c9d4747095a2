// The screen of one file, in words for a screen reader.

import type { Analysis } from '../analysis/analysis.ts';
import type { ContentView } from '../content/content-view.ts';
import type { DifferenceRow } from '../content/difference.ts';
import { formatBytes } from '../image/format.ts';
import { shown } from '../image/text.ts';
import { contentHeight, fileChanges, fileContent, fileEntry, fileView } from '../state/contents.ts';
import type { FileState, State } from '../state/state.ts';
import { Kind } from '../tree/kind.ts';
import { whyNoChanges, whyNoContent } from './panes/file-content.ts';
import { lifeText, modeText, ownerText } from './text/life.ts';
import { segment, sliceCells } from './text/segments.ts';
import type { Glyphs } from './theme.ts';

/** The file as the layer has it, as many rows of its content as the keys move by, and its life. */
export function fileTexts(state: State, glyphs: Glyphs): string[] {
  const { file } = state;
  const analysis = state.open?.analysis ?? null;
  if (file === null || analysis === null) return [];
  const life = lifeText(analysis, file.node, { ...glyphs, arrow: 'then', becomes: 'to' });
  return [headText(analysis, file), ...contentTexts(state, analysis, file), `Life: ${life}`];
}

function headText(analysis: Analysis, file: FileState): string {
  const { entries } = analysis.stack;
  const entry = fileEntry(analysis, file);
  const path = `File /${shown(analysis.tables.paths.path(file.node))}, as layer ${file.layer} has it`;
  if (entry < 0) return path;
  const size = entries.kindOf(entry) === Kind.File ? [formatBytes(entries.sizeOf(entry))] : [];
  return [path, ...size, modeText(analysis, entry), ownerText(analysis, entry)].join(', ');
}

function contentTexts(state: State, analysis: Analysis, file: FileState): string[] {
  const content = fileContent(state);
  const reason = content === null ? whyNoContent(state, analysis, file) : null;
  if (content === null || reason !== null) return [reason ?? ''];
  const room = {
    first: file.top,
    count: contentHeight(state),
    left: file.left,
    width: state.size.columns - 1,
  };
  const view = fileView(state);
  if (view === 'changes') return changeTexts(state, file, room);
  const seen: ContentView | null = view === 'hex' ? content.hex : content.text;
  if (seen === null) return [];
  const rows =
    view === 'hex' || content.text === null
      ? content.hex.rows(room.first, room.count)
      : content.text
          .numberedRows(room.first, room.count)
          .map(({ line, text }) => (line === null ? text : `${line}: ${text}`));
  const { search } = file;
  const found = search?.offset == null ? [] : [`Found: ${seen.rows(seen.rowOf(search.offset), 1).join('')}`];
  const title = `${view === 'hex' ? 'Bytes' : 'Text'}, row ${file.top + 1} of ${seen.rowCount}`;
  return [
    ...found.map((text) => sliced(text, { ...room, left: 0 })),
    title,
    ...rows.map((row) => sliced(row, room)),
  ];
}

interface Room {
  readonly first: number;
  readonly count: number;
  readonly left: number;
  readonly width: number;
}

function changeTexts(state: State, { layer }: FileState, room: Room): string[] {
  const changes = fileChanges(state);
  if (changes.kind !== 'difference') return [whyNoChanges(changes)];
  const rows = changes.difference.rows(room.first, room.count).map(changeText);
  return [`Changes made by layer ${layer}`, ...rows.map((row) => sliced(row, room))];
}

/** What has not changed is told without a word: it is there for what stands around it. */
function changeText(row: DifferenceRow): string {
  switch (row.kind) {
    case 'folded':
      return row.count === 1 ? '1 line that is the same' : `${row.count} lines that are the same`;
    case 'same':
      return `${row.after ?? ''}: ${row.text}`;
    case 'removed':
    case 'added':
      return `${row.kind} ${row.after ?? row.before ?? ''}: ${row.text}`;
  }
}

/** As much of a row as is seen: what goes on further is moved to, as on the screen. */
function sliced(text: string, { left, width }: Room): string {
  return sliceCells([segment(text)], left, width)
    .map((piece) => piece.text)
    .join('')
    .trimEnd();
}
