import { instructionText } from '../image/command.ts';
import { shown, visible } from '../image/text.ts';
import { formatExactBytes } from '../image/format.ts';
import { fileContent } from '../state/contents.ts';
import type { Command } from '../state/actions.ts';
import { layoutOf, MIN_COLUMNS, MIN_ROWS } from '../state/layout.ts';
import { pickerImages } from '../state/picker-selectors.ts';
import {
  currentInstruction,
  filesView,
  isFilterWaiting,
  isSearching,
  subjectPath,
  typedFilter,
  typedText,
} from '../state/selectors.ts';
import type { State } from '../state/state.ts';
import { NOTHING } from '../tree/entries.ts';
import { Kind } from '../tree/layer-entries.ts';
import { FILTER_HINT } from './filter-help.ts';
import { lettersKept } from './key-action.ts';
import { type Keymap, withLabels } from './keymap.ts';
import { foundWords } from './panes/file-content.ts';
import { errandLine } from './status-errand.ts';
import { fittingHints, type ShownHint } from './status-hints.ts';
import { imageSubject, wasteSubject } from './status-subjects.ts';
import { lifeText, modeText } from './text/life.ts';
import { cells, fitLine, fitTail, type Line, type Segment, segment, widthOf } from './text/segments.ts';
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
    return [...typedLine('', glyphs), segment(`  ${why}`, 'strong')];
  }
  if (state.message !== null) return [segment(withLabels(keymap, state.message), 'strong')];
  if (state.open?.failure != null && state.screen === 'explore')
    return [segment(state.open.failure, 'problem')];
  const typed = typedText(state)?.text ?? '';
  if (state.typing === 'files-filter') {
    const note = filterNote(state, glyphs);
    // Of a long text its end is seen, where it is typed, and what is said of it.
    const rest = Math.max(LEAST_TYPED, room - cells(note.text) - 2);
    return [...typedLine(typed, glyphs, rest), note];
  }
  if (isWelcomed(state)) {
    return [segment(withLabels(keymap, WELCOME.join(` ${glyphs.separator} `)), 'strong')];
  }
  if (state.typing === 'file-search') return typingLine(typed, foundText(state), glyphs);
  if (state.screen === 'images') return pickerLine(state, glyphs, keymap);
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

function pickerLine(state: State, glyphs: Glyphs, keymap: Keymap): Line {
  const count = pickerImages(state).length;
  const images = `${count} ${count === 1 ? 'image' : 'images'}`;
  if (state.typing === null) {
    const others = lettersKept(keymap).map((letter) => ` but ${letter}`);
    return [segment(`${images}; any letter${others.join('')} filters`, 'dim')];
  }
  return typingLine(state.picker.filter, images, glyphs);
}

function typingLine(text: string, count: string, glyphs: Glyphs): Line {
  return [...typedLine(text, glyphs), segment(`  ${count}`, 'dim')];
}

function foundText(state: State): string {
  const { file } = state;
  if (fileContent(state) === null) return 'sought as soon as it is here';
  if (file?.search == null || file.search.text === '') return 'text, or bytes as 7f 45 4c 46';
  return file.search.offset === null ? 'not found' : foundWords(state);
}

/** Cells of a filter that stay, however much there is to say of it. */
const LEAST_TYPED = 16;

function typedLine(text: string, glyphs: Glyphs, width = Infinity): Line {
  const seen = visible(text);
  const end = cells(seen) <= width ? seen : fitTail(seen, width, glyphs.ellipsis);
  return [segment('/', 'strong'), segment(end), segment(glyphs.typing)];
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
