import type { Command } from '../state/actions.ts';
import { shown } from '../image/text.ts';
import { formatExactBytes } from '../image/format.ts';
import { currentLayer, currentWaste, filesNode, filesView, pickerImages } from '../state/selectors.ts';
import type { State } from '../state/state.ts';
import { NOTHING } from '../tree/entries.ts';
import { Kind } from '../tree/layer-entries.ts';
import { KEYMAP, keyLabel } from './keymap.ts';
import { lifeText, modeText } from './text/life.ts';
import { cells, fitLine, type Line, segment } from './text/segments.ts';
import type { Glyphs } from './theme.ts';

/** The last line: what the last key did, what is being typed, or the life of the file under the cursor; and keys. */
export function statusLine(state: State, glyphs: Glyphs): Line {
  const hints = ` ${hintsOf(state)
    .map(({ key, text }) => `${key} ${text}`)
    .join('  ')} `;
  const room = state.size.columns - cells(hints);
  return [
    ...fitLine([segment(' '), ...leftOf(state, room - 1, glyphs)], room, glyphs.ellipsis),
    segment(hints, 'dim'),
  ];
}

function leftOf(state: State, room: number, glyphs: Glyphs): Line {
  if (state.message !== null) return [segment(state.message, 'strong')];
  if (state.open?.failure != null && state.screen === 'explore')
    return [segment(state.open.failure, 'problem')];
  if (state.typing === 'files-filter') return typingLine(state.files.filter, matchText(state), glyphs);
  if (state.typing === 'picker-filter') {
    const count = pickerImages(state).length;
    return typingLine(state.picker.filter, `${count} ${count === 1 ? 'image' : 'images'}`, glyphs);
  }
  return subjectLine(state, room, glyphs);
}

function typingLine(text: string, count: string, glyphs: Glyphs): Line {
  return [segment('/', 'strong'), segment(shown(text)), segment(glyphs.typing), segment(`  ${count}`, 'dim')];
}

function matchText(state: State): string {
  const files = filesView(state);
  return files.kind === 'nothing' ? '' : `${files.view.matchCount} match`;
}

/** A file's path, attributes and life; where there is no room for all, its name and its life. */
function subjectLine(state: State, room: number, glyphs: Glyphs): Line {
  const analysis = state.open?.analysis ?? null;
  const { subject } = state.lastFocus;
  const node =
    subject === 'waste' ? (currentWaste(state)?.node ?? null) : subject === 'files' ? filesNode(state) : null;
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
  const taken = line.reduce((sum, { text }) => sum + cells(text), 0);
  return taken <= room ? line : [segment(shown(paths.name(node)), 'strong'), life];
}

interface Hint {
  readonly key: string;
  readonly text: string;
}

/** Keys worth knowing right now, as many as fit a narrow screen. */
function hintsOf(state: State): Hint[] {
  if (state.help !== null) return [hint('back', 'back')];
  if (state.screen === 'images') return [hint('enter', 'open'), hint('back', 'clear'), hint('help', 'keys')];
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
