import type { Command } from '../state/actions.ts';
import { instructionText } from '../image/command.ts';
import { shown, visible } from '../image/text.ts';
import { formatExactBytes } from '../image/format.ts';
import {
  currentInstruction,
  currentLayer,
  currentWaste,
  filesNode,
  filesView,
  pickerImages,
} from '../state/selectors.ts';
import type { State } from '../state/state.ts';
import { NOTHING } from '../tree/entries.ts';
import { Kind } from '../tree/layer-entries.ts';
import { KEYMAP, keyLabel } from './keymap.ts';
import { lifeText, modeText } from './text/life.ts';
import { cells, fitLine, type Line, type Segment, segment, widthOf } from './text/segments.ts';
import type { Glyphs } from './theme.ts';

/** The last line: what the last key did, what is being typed, or the life of the file under the cursor; and keys. */
export function statusLine(state: State, glyphs: Glyphs): Line {
  const { columns } = state.size;
  const hints = ` ${hintsOf(state)
    .map(({ key, text }) => `${key} ${text}`)
    .join('  ')} `;
  const room = columns - cells(hints);
  const line = [edge(state), ...leftOf(state, room - 1, glyphs)];
  // What must be said is worth more than keys that ? tells too.
  const isNews = state.message !== null || (state.open?.failure != null && state.screen === 'explore');
  if (isNews && widthOf(line) > room) return fitLine(line, columns, glyphs.ellipsis);
  return [...fitLine(line, room, glyphs.ellipsis), segment(hints, 'dim')];
}

/** Ink leaves out a frame that is the same as the last one; this cell's style, which nobody sees, makes it another. */
function edge({ repaints }: State): Segment {
  return segment(' ', repaints % 2 === 0 ? 'plain' : 'strong');
}

function leftOf(state: State, room: number, glyphs: Glyphs): Line {
  if (state.message !== null) return [segment(state.message, 'strong')];
  if (state.open?.failure != null && state.screen === 'explore')
    return [segment(state.open.failure, 'problem')];
  if (state.typing === 'files-filter') return typingLine(state.files.filter, matchText(state), glyphs);
  if (state.screen === 'images') return pickerLine(state, glyphs);
  if (state.screen === 'missing') return [];
  return subjectLine(state, room, glyphs);
}

function pickerLine(state: State, glyphs: Glyphs): Line {
  const count = pickerImages(state).length;
  const images = `${count} ${count === 1 ? 'image' : 'images'}`;
  if (state.typing === null) return [segment(`${images}; type to filter`, 'dim')];
  return typingLine(state.picker.filter, images, glyphs);
}

function typingLine(text: string, count: string, glyphs: Glyphs): Line {
  return [
    segment('/', 'strong'),
    segment(visible(text)),
    segment(glyphs.typing),
    segment(`  ${count}`, 'dim'),
  ];
}

function matchText(state: State): string {
  const files = filesView(state);
  return files.kind === 'nothing' ? '' : `${files.view.matchCount} match`;
}

/** The command of a layer; or a file's path, attributes and life; where there is no room for all, its name and life. */
function subjectLine(state: State, room: number, glyphs: Glyphs): Line {
  const analysis = state.open?.analysis ?? null;
  const { subject } = state.lastFocus;
  if (subject === 'layers') {
    const instruction = currentInstruction(state);
    return instruction === null ? [] : [segment(visible(instructionText(instruction)), 'dim')];
  }
  const node = subject === 'waste' ? (currentWaste(state)?.node ?? null) : filesNode(state);
  if (analysis === null || node === null) return [];
  const { records, entries } = analysis.stack;
  const { paths } = analysis.tables;
  const entry = records.shownAt(node, currentLayer(state) ?? 0);
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

interface Hint {
  readonly key: string;
  readonly text: string;
}

/** Keys worth knowing right now, as many as fit a narrow screen. */
function hintsOf(state: State): Hint[] {
  if (state.help !== null) return [hint('back', 'back')];
  if (state.screen === 'images') {
    const { picker, open, typing } = state;
    if (typing !== null) return [hint('enter', 'open'), hint('back', 'clear')];
    const leaves = picker.place !== null && open === null;
    return [
      hint('enter', 'open'),
      leaves ? hint('back', picker.isListed ? 'images' : 'leave') : hint('quit', 'quit'),
      hint('help', 'keys'),
    ];
  }
  if (state.screen === 'missing') {
    const leaves = state.picker.images === null ? 'leave' : 'back';
    return [hint('pull', 'pull'), hint('images', 'images'), hint('back', leaves), hint('help', 'keys')];
  }
  if (state.typing !== null) return [hint('enter', 'keep'), hint('back', 'clear')];
  const isReading = state.open?.progress != null;
  return [
    ...(isReading ? [hint('back', 'cancel')] : []),
    ...(state.focus === 'waste' ? [hint('enter', 'go to the file')] : [hint('filter', 'filter')]),
    hint('next-pane', 'panes'),
    hint('help', 'keys'),
  ];
}

function hint(command: Command, text: string): Hint {
  const binding = KEYMAP.flatMap(({ bindings }) => bindings).find(
    (candidate) => candidate.command === command,
  );
  return { key: keyLabel(binding?.keys[0] ?? ''), text };
}
