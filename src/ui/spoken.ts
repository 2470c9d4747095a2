// What the screen says in words, for a screen reader: nothing changes in it but what a key has changed, since a reader
// reads what is new. So there are no seconds that pass and no bytes that grow.

import { shortCommand } from '../image/command.ts';
import { formatBytes, formatShare } from '../image/format.ts';
import { shown, visible } from '../image/text.ts';
import { pickerImages } from '../state/picker-selectors.ts';
import {
  currentInstruction,
  currentWaste,
  filesCursor,
  filesNode,
  filesView,
  typedText,
  wasteCursor,
  wasteCount,
} from '../state/selectors.ts';
import type { State } from '../state/state.ts';
import { Change } from '../tree/change.ts';
import { labelIn } from './key-action.ts';
import { type Keymap, withLabels } from './keymap.ts';
import { detailsOf } from './panes/details-pane.ts';
import { helpLines } from './screens/help.ts';
import { imageLines } from './screens/image.ts';
import { fileTexts } from './spoken-file.ts';
import { copyText, wasteTexts } from './spoken-waste.ts';
import { errandText, spokenLine } from './status-errand.ts';
import { fateWords, ownerText, modeText } from './text/life.ts';
import { type Line, wrap } from './text/segments.ts';
import type { Glyphs, Role } from './theme.ts';

/** Lines of plain text, as many as the screen has rows for. */
export function spokenLines(state: State, glyphs: Glyphs, keymap: Keymap): string[] {
  const { columns, rows } = state.size;
  const lines = [headText(state), ...bodyOf(state, glyphs, keymap)].flatMap((line) =>
    wrap(line, columns - 1),
  );
  const status = wrap(statusText(state, keymap), columns - 1);
  // One row stays free: a line's end on the last one would scroll.
  return [...lines.slice(0, Math.max(0, rows - 1 - status.length)), ...status];
}

function headText({ open, screen }: State): string {
  if (open === null || screen === 'images') return 'peel: images';
  const { facts, analysis, progress } = open;
  const name = `peel: ${visible(facts?.reference ?? open.name)}`;
  if (screen === 'missing') return `${name} is not here`;
  const layers = facts === null ? '' : `, ${facts.layers.length} layers`;
  if (progress !== null || analysis === null) return `${name}${layers}, is being read`;
  const { reclaimable, total } = analysis.ledger;
  return `${name}${layers}, ${formatBytes(total)}, wasted ${formatBytes(reclaimable)} ${formatShare(reclaimable, total)}`;
}

function bodyOf(state: State, glyphs: Glyphs, keymap: Keymap): string[] {
  if (state.help !== null) return helpLines(glyphs, keymap).slice(state.help.top).map(plain);
  if (state.screen === 'images') return [imageText(state)];
  if (state.screen === 'missing') return missingTexts(state);
  if (state.screen === 'waste') return wasteTexts(state, glyphs);
  if (state.screen === 'file')
    return fileTexts({ ...state, contents: withoutClocks(state.contents) }, glyphs);
  if (state.screen === 'image') return framedTexts(state, glyphs, keymap);
  const { title, lines } = detailsOf(state, state.size.columns - 1, glyphs);
  const details = lines.slice(state.details.top).map(plain);
  if (state.focus === 'details') return [`Details: ${title}`, ...details];
  return [rowText(state, glyphs), `Details: ${title}`, ...details.filter((line) => line !== '')];
}

/** All that is known of the image is text: what stands in its frame. */
function framedTexts(state: State, glyphs: Glyphs, keymap: Keymap): string[] {
  return imageLines(state, state.size.rows - 2, glyphs, keymap)
    .map((line) => plain(line.filter(({ role }) => !FRAMES.has(role))))
    .filter((text) => text !== '');
}

function withoutClocks(contents: State['contents']): State['contents'] {
  const still = { kind: 'reading', share: 0 } as const;
  return new Map([...contents].map(([inode, load]) => [inode, load.kind === 'reading' ? still : load]));
}

const FRAMES: ReadonlySet<Role> = new Set<Role>(['border', 'focused-border']);

/** The row under the cursor of the pane that has the focus, and where it stands. */
function rowText(state: State, glyphs: Glyphs): string {
  if (state.focus === 'layers') {
    const count = state.open?.facts?.instructions.length ?? 0;
    return `Layers, ${state.layers.cursor + 1} of ${count}: ${layerText(state)}`;
  }
  if (state.focus === 'waste') {
    const count = wasteCount(state);
    return count === 0
      ? 'Waste: nothing'
      : `Waste, ${wasteCursor(state) + 1} of ${count}: ${wasteText(state)}`;
  }
  const files = filesView(state);
  const count = files.kind === 'nothing' ? 0 : files.rows.count;
  return count === 0
    ? 'Files: nothing'
    : `Files, ${filesCursor(state) + 1} of ${count}: ${fileText(state, glyphs)}`;
}

function layerText(state: State): string {
  const instruction = currentInstruction(state);
  if (instruction === null) return 'not known yet';
  const { layer, createdBy } = instruction;
  const command = visible(shortCommand(createdBy));
  if (layer === null) return `no layer, ${command}`;
  const bytes = state.open?.analysis?.layers[layer]?.bytes ?? state.open?.facts?.layers[layer]?.statedBytes;
  return `layer ${layer}, ${bytes == null ? '' : `${formatBytes(bytes)}, `}${command}`;
}

const CHANGES: Readonly<Record<Change, string>> = [
  'unchanged',
  'added',
  'modified',
  'only attributes modified',
  'stored again',
  'removed',
];

function fileText(state: State, glyphs: Glyphs): string {
  const files = filesView(state);
  const node = filesNode(state);
  if (files.kind === 'nothing' || node === null) return '';
  const { view, analysis } = files;
  const entry = view.entryOf(node);
  const fate = fateWords(analysis, node, view.query.layer, glyphs);
  return [
    `/${shown(analysis.tables.paths.path(node))}`,
    CHANGES[view.changeOf(node)],
    formatBytes(view.bytesOf(node)),
    modeText(analysis, entry),
    ownerText(analysis, entry),
    ...(fate === null ? [] : [fate.text.slice(fate.sign.length).trim()]),
  ].join(', ');
}

function wasteText(state: State): string {
  const row = currentWaste(state);
  const analysis = state.open?.analysis ?? null;
  return row === null || analysis === null ? '' : copyText(analysis, row);
}

function imageText(state: State): string {
  const images = pickerImages(state);
  const { cursor, filter, problem } = state.picker;
  const image = images[cursor];
  const filtered = filter === '' ? '' : `, filter ${visible(filter)}`;
  const bytes = image?.bytes == null ? '' : `, ${formatBytes(image.bytes)}`;
  const row =
    image === undefined
      ? `Images: nothing${filtered}`
      : `Images, ${cursor + 1} of ${images.length}${filtered}: ${visible(image.reference)}${bytes}`;
  return problem === null ? row : `${row}. ${problem}`;
}

function missingTexts({ open }: State): string[] {
  const offer = open?.missing?.offer;
  if (offer === undefined) return [];
  return [
    visible(offer.said),
    ...offer.near.map((name) => `near: ${visible(name)}`),
    `this pulls it: ${visible(offer.command)}`,
  ];
}

function statusText(state: State, keymap: Keymap): string {
  if (state.message !== null) return withLabels(keymap, state.message);
  if (state.errand !== null && state.screen !== 'images') return errandText(state, state.errand, keymap);
  const typed = typedText(state);
  if (typed !== null)
    return `${typed.what}: ${spokenLine(typed.text, state)}${hasNotFound(state) ? ', not found' : ''}`;
  return `${labelIn(keymap, state, 'help')}: keys`;
}

const hasNotFound = ({ typing, file }: State): boolean =>
  typing === 'file-search' && file?.search != null && file.search.text !== '' && file.search.offset === null;

const plain = (line: Line): string =>
  line
    .map(({ text }) => text)
    .join('')
    .replaceAll(/\s+/g, ' ')
    .trim();
