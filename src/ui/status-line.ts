import { instructionText } from '../image/command.ts';
import { shown, visible } from '../image/text.ts';
import { formatExactBytes } from '../image/format.ts';
import { fileContent } from '../state/contents.ts';
import type { Command } from '../state/actions.ts';
import { layoutOf, MIN_COLUMNS, MIN_ROWS } from '../state/layout.ts';
import { pickerImages } from '../state/picker-selectors.ts';
import { isFilterWaiting, isSearching, typedFilter } from '../state/filter-selectors.ts';
import { currentInstruction, filesView, subjectPath, typedText } from '../state/selectors.ts';
import type { TypedLine } from '../state/line-editor.ts';
import type { State } from '../state/state.ts';
import { NOTHING } from '../tree/entries.ts';
import { Kind } from '../tree/kind.ts';
import { FILTER_HINT } from './filter-help.ts';
import { lettersKept } from './key-action.ts';
import { type Keymap, withLabels } from './keymap.ts';
import { foundWords } from './panes/file-content.ts';
import { errandLine } from './status-errand.ts';
import { fittingHints, type ShownHint } from './status-hints.ts';
import { imageSubject, wasteSubject } from './status-subjects.ts';
import { lifeText, modeText } from './text/life.ts';
import { cells, fitLine, type Line, type Segment, segment, widthOf } from './text/segments.ts';
import { typedSegments } from './text/typed.ts';
import type { Glyphs } from './theme.ts';

/**
 * The last line: what the last key did, what is being typed, or what is under the cursor, where no details say so beside
 * it; and keys.
 */
export function statusLine(state: State, glyphs: Glyphs, keymap: Keymap): Line {
  const { left, hints } = fittingStatus(state, glyphs, keymap);
  const shownHints = hintsText(hints);
  const room = state.size.columns - cells(shownHints);
  return [
    ...fitLine(left, room, glyphs.ellipsis),
    ...(shownHints === '' ? [] : [segment(shownHints, 'dim')]),
  ];
}

/** The command of the key that is named at a cell of the last line; null where none is. */
export function hintAt(state: State, column: number, glyphs: Glyphs, keymap: Keymap): Command | null {
  const { columns, rows } = state.size;
  if (columns < MIN_COLUMNS || rows < MIN_ROWS) return null;
  const { hints } = fittingStatus(state, glyphs, keymap);
  let left = Math.max(0, columns - cells(hintsText(hints))) + cells(AROUND);
  for (const { text, command } of hints) {
    const right = left + cells(text);
    if (column >= left && column < right) return command;
    left = right + cells(BETWEEN);
  }
  return null;
}

/** Around the hints, and between them. */
const AROUND = ' ';
const BETWEEN = '  ';

const hintsText = (hints: readonly ShownHint[]): string =>
  hints.length === 0 ? '' : AROUND + hints.map(({ text }) => text).join(BETWEEN) + AROUND;

/** What there is to say, and the hints that there is room for beside it. */
function fittingStatus(
  state: State,
  glyphs: Glyphs,
  keymap: Keymap,
): { readonly left: Line; readonly hints: readonly ShownHint[] } {
  // What must be said is worth more than keys that ? tells too.
  const isNews =
    state.message !== null ||
    isWelcomed(state) ||
    (state.open?.failure != null && state.screen === 'explore') ||
    (state.errand?.kind === 'taken' && state.typing === null);
  let left: Line = [];
  for (const hasExtras of [true, false]) {
    const hints = fittingHints(state, keymap, hasExtras);
    const room = state.size.columns - cells(hintsText(hints));
    left = [edge(state), ...leftOf(state, room - 1, glyphs, keymap)];
    if (!isNews || widthOf(left) <= room) return { left, hints };
  }
  return { left, hints: [] };
}

/** Ink leaves out a frame that is the same as the last one; this cell's style, which nobody sees, makes it another. */
function edge({ repaints }: State): Segment {
  return segment(' ', repaints % 2 === 0 ? 'plain' : 'strong');
}

function leftOf(state: State, room: number, glyphs: Glyphs, keymap: Keymap): Line {
  if (state.typing === 'nothing') {
    const why = withLabels(keymap, state.message ?? 'There is nothing to search here.');
    return [...typedLine(NOTHING_TYPED, room, glyphs), segment(`  ${why}`, 'strong')];
  }
  if (state.message !== null) return messageLine(state, withLabels(keymap, state.message), room, glyphs);
  if (state.open?.failure != null && state.screen === 'explore')
    return [segment(state.open.failure, 'problem')];
  if (state.typing === 'files-filter') return typingLine(state, filterNote(state, glyphs), room, glyphs);
  if (isWelcomed(state)) {
    return [segment(withLabels(keymap, WELCOME.join(` ${glyphs.separator} `)), 'strong')];
  }
  if (state.typing === 'file-search')
    return typingLine(state, segment(`  ${foundText(state)}`, 'dim'), room, glyphs);
  if (state.screen === 'images') return pickerLine(state, room, glyphs, keymap);
  if (state.screen === 'missing') return [];
  if (state.errand !== null) return errandLine(state, state.errand, { room, glyphs, keymap });
  if (state.screen === 'waste') return wasteSubject(state, room, glyphs);
  if (state.screen === 'image') return imageSubject(state, glyphs);
  return subjectLine(state, room, glyphs);
}

/** Among the layers and files: elsewhere these are not the first keys. */
const isWelcomed = ({ isFirstRun, screen, help }: State): boolean =>
  isFirstRun && screen === 'explore' && help === null;

/** For somebody who does not know the keys yet; the first one that is pressed takes it away. */
const WELCOME = ['{help} shows every key', '{next-pane} goes between panes', '{enter} opens'];

function pickerLine(state: State, room: number, glyphs: Glyphs, keymap: Keymap): Line {
  const count = pickerImages(state).length;
  const images = `${count} ${count === 1 ? 'image' : 'images'}`;
  if (state.typing === null) {
    const others = lettersKept(keymap).map((letter) => ` but ${letter}`);
    return [segment(`${images}; any letter${others.join('')} filters`, 'dim')];
  }
  return typingLine(state, segment(`  ${images}`, 'dim'), room, glyphs);
}

/** What is typed, and what there is to say of it. Of a long text what is around its cursor is seen. */
function typingLine(state: State, note: Segment, room: number, glyphs: Glyphs): Line {
  const line = { text: typedText(state)?.text ?? '', behind: state.behindCaret };
  return [...typedLine(line, Math.max(LEAST_TYPED, room - cells(note.text) - 2), glyphs), note];
}

/** What the last key did, or why it did nothing; a prompt that stays open is seen beside it, where there is room for both. */
function messageLine(state: State, message: string, room: number, glyphs: Glyphs): Line {
  const isOpen = state.help === null && typedText(state) !== null;
  if (!isOpen || cells(message) + 4 + LEAST_TYPED > room) return [segment(message, 'strong')];
  return typingLine(state, segment(`  ${message}`, 'strong'), room, glyphs);
}

function foundText(state: State): string {
  const { file } = state;
  if (fileContent(state) === null) return 'sought as soon as it is here';
  if (file?.search == null || file.search.text === '') return 'text, or bytes as 7f 45 4c 46';
  return file.search.offset === null ? 'not found' : foundWords(state);
}

/** Cells of a filter that stay, however much there is to say of it. */
const LEAST_TYPED = 16;

const NOTHING_TYPED: TypedLine = { text: '', behind: 0 };

function typedLine(line: TypedLine, width: number, glyphs: Glyphs): Line {
  return [segment('/', 'strong'), ...typedSegments(line, width, glyphs)];
}

/** What is wrong with the filter, how a term may go on, or how much it finds. */
function filterNote(state: State, glyphs: Glyphs): Segment {
  const parsed = typedFilter(state);
  if (state.files.filter === '') return segment(`  ${FILTER_HINT}`, 'dim');
  if (parsed.kind === 'problem') return segment(`  ${visible(parsed.problem)}`, 'problem');
  if (parsed.hint !== null) return segment(`  ${parsed.hint}`, 'dim');
  if (isFilterWaiting(state)) return segment(`  searching${glyphs.ellipsis}`, 'dim');
  const files = filesView(state);
  if (files.kind === 'nothing') return segment('');
  return segment(
    `  ${files.rows.matchCount} match${isSearching(state) ? `, searching${glyphs.ellipsis}` : ''}`,
    'dim',
  );
}

/** The command of a layer; or a file's path, attributes and life; where there is no room for all, its name and life. */
function subjectLine(state: State, room: number, glyphs: Glyphs): Line {
  const analysis = state.open?.analysis ?? null;
  const { subject } = state.lastFocus;
  const file = state.screen === 'file' ? state.file : null;
  // Said twice it would be sent twice, with every key, over lines on which bytes are what a key waits for.
  if (state.screen === 'explore' && layoutOf(state)?.panes.details !== undefined) return [];
  if (subject === 'layers' && file === null) {
    const instruction = currentInstruction(state);
    return instruction === null ? [] : [segment(visible(instructionText(instruction)), 'dim')];
  }
  const path = file ?? subjectPath(state);
  if (analysis === null || path === null) return [];
  const { node, layer } = path;
  const { records, entries } = analysis.stack;
  const { paths } = analysis.tables;
  const entry = records.shownAt(node, layer);
  const isFile = entry !== NOTHING && entries.kindOf(entry) === Kind.File;
  const life = segment(`  ${lifeText(analysis, node, glyphs)}`);
  const line = [
    segment(`/${shown(paths.path(node))}`),
    ...(entry === NOTHING ? [] : [segment(`  ${modeText(analysis, entry)}`, 'dim')]),
    ...(isFile ? [segment(`  ${formatExactBytes(entries.sizeOf(entry))}`)] : []),
    life,
  ];
  return widthOf(line) <= room ? line : [segment(shown(paths.name(node)), 'strong'), life];
}
