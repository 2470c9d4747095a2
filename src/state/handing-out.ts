// What leaves peel: a path that is extracted, a file for the pager, a text for the clipboard.

import type { Analysis } from '../analysis/analysis.ts';
import { formatBytes } from '../image/format.ts';
import { instructionText } from '../image/command.ts';
import { shown, visible } from '../image/text.ts';
import { contentRequest } from '../tree/content-request.ts';
import { NOTHING } from '../tree/entries.ts';
import type { Command, Update } from './actions.ts';
import { fileContent, fileEntry, loadOf } from './contents.ts';
import { NOTHING_FOUND } from './going.ts';
import { literal, say } from './moving.ts';
import { currentInstruction, currentWaste, filesNode, shownLayer } from './selectors.ts';
import type { PathAt } from './file-state.ts';
import type { State } from './state.ts';
import { isInAdvice } from './waste-layout.ts';
import { currentCopy, groupTips } from './waste-selectors.ts';

/** What a command does that hands something out; null for all others. */
export function handOut(state: State, command: Command): Update | null {
  switch (command) {
    case 'extract':
      return { state: askWhere(state) };
    case 'page':
      return openInPager(state);
    case 'copy':
      return copy(state);
    case 'copy-content':
      return copyContent(state);
    case 'overwrite':
      return { state: say(state, 'Nothing asks to be overwritten: {extract} extracts.') };
    default:
      return null;
  }
}

/** The path that a key would hand out, or a sentence that says why there is none. */
function pathAt(state: State): PathAt | string {
  if (state.screen === 'file') return state.file ?? NO_FILE;
  if (state.screen === 'waste') {
    const copy = currentCopy(state);
    return copy !== null && state.wasteScreen.focus === 'groups' ? NO_COPY_YET : (copy ?? NO_FILE);
  }
  if (state.screen !== 'explore') return NO_FILE;
  const subject = subjectOf(state);
  if (subject === 'layers') return 'That key is for files: {next-pane} leads to them.';
  if (subject === 'waste') return currentWaste(state) ?? NO_FILE;
  const node = filesNode(state);
  const layer = shownLayer(state);
  if (node !== null && layer !== null) return { node, layer };
  return state.files.filter === '' ? NO_ROW : NOTHING_FOUND;
}

const NO_COPY_YET = 'A group is several copies: {enter} leads to them.';
const NO_ROW = 'There is no file here.';
const NO_FILE = 'There is no file under the cursor: {explore} leads to the files.';

/** The pane that a key is meant for: the details speak of another one. */
const subjectOf = ({ focus, lastFocus }: State) => (focus === 'details' ? lastFocus.subject : focus);

interface Found {
  readonly analysis: Analysis;
  readonly at: PathAt;
}

/** The path to be read from the image, which must be there and have been read; else a sentence that says why not. */
function readable(state: State): Found | string {
  const at = pathAt(state);
  if (typeof at === 'string') return at;
  const { open } = state;
  const analysis = open?.analysis ?? null;
  if (open === null || analysis === null || !open.isComplete) {
    return open?.failure == null
      ? 'It can be had once the whole image has been read.'
      : 'The image could not be read to its end: no file of it can be had.';
  }
  if (state.errand !== null) return 'One thing at a time: {back} cancels what is under way.';
  if (fileEntry(analysis, at) === NOTHING)
    return literal(`${pathText(state, at)} is not there in layer ${at.layer}: an earlier one has it.`);
  return { analysis, at };
}

/** Where to is asked; nothing typed is where the last one went, at first the current directory. */
function askWhere(state: State): State {
  const found = readable(state);
  if (typeof found === 'string') return say(state, found);
  return {
    ...state,
    typing: 'destination',
    errand: { kind: 'asking', at: at(found), destination: '', completion: null },
  };
}

/** Nothing more than the path: a file or a copy that is looked at has more. */
const at = ({ at: { node, layer } }: Found): PathAt => ({ node, layer });

function openInPager(state: State): Update {
  const found = readable(state);
  if (typeof found === 'string') return { state: say(state, found) };
  const { stack, tables } = found.analysis;
  const content = contentRequest(stack, tables, fileEntry(found.analysis, found.at));
  if (content === null) return { state: say(state, 'Only a file has content that a pager could show.') };
  return {
    state: { ...state, errand: { kind: 'paging', at: at(found) } },
    effect: { type: 'page', path: tables.paths.path(found.at.node), content },
  };
}

/** A path, a layer's command, the image's ID, or what would help against a group of copies: whatever is under the cursor. */
function copy(state: State): Update {
  if (state.screen === 'waste' && !isOnCopy(state)) return copyAdvice(state);
  if (state.screen === 'image') return copyId(state);
  if (state.screen === 'explore' && subjectOf(state) === 'layers') return copyCommand(state);
  const place = pathAt(state);
  if (typeof place === 'string') return { state: say(state, place) };
  // What would not be pasted as it is seen, such as a line's end that a shell takes for Enter, is copied as it is shown.
  const path = pathText(state, place);
  return copied(state, path, path);
}

/** Among the copies of a group it is a copy that is meant, as in the explorer's list; elsewhere the group. */
const isOnCopy = (state: State): boolean => state.wasteScreen.focus === 'copies' && !isInAdvice(state);

function copyCommand(state: State): Update {
  const instruction = currentInstruction(state);
  const command = instruction === null ? '' : visible(instructionText(instruction));
  return command === ''
    ? { state: say(state, 'Nobody has told the command of this layer: there is nothing to copy.') }
    : copied(state, command, command);
}

function copyId(state: State): Update {
  const id = visible(state.open?.facts?.id ?? '');
  return id === ''
    ? { state: say(state, 'The image has no ID that is known: there is nothing to copy.') }
    : copied(state, id, id);
}

function copyAdvice(state: State): Update {
  const tips = groupTips(state);
  if (tips.length === 0)
    return { state: say(state, 'Nothing would help here that is worth a change: there is nothing to copy.') };
  const lines = tips.flatMap(({ bytes, title, fix }) => [
    `${formatBytes(bytes)}  ${visible(title)}`,
    visible(fix),
  ]);
  return copied(state, lines.join('\n'), lines.join(' '));
}

/** What is in the file that is looked at, as text in UTF-8: a clipboard takes nothing else. */
function copyContent(state: State): Update {
  if (state.screen === 'image' && state.file === null) return { state: say(state, NO_FILE) };
  if (state.screen !== 'file' || state.file === null)
    return { state: say(state, 'Content is copied where it is seen: {file} shows the file.') };
  const content = fileContent(state);
  if (content === null) return { state: say(state, whyNoContent(state)) };
  const { text, leftOut, size } = content;
  if (text === null || text.encoding === '8-bit')
    return { state: say(state, 'It is no text in UTF-8, as a clipboard wants it: {extract} writes it.') };
  if (leftOut > 0) return { state: say(state, 'It is too long for a clipboard: {extract} writes it.') };
  if (text.bytes.length === 0) return { state: say(state, 'The file is empty: there is nothing to copy.') };
  return copied(state, text.bytes, `${formatBytes(size)} of ${pathText(state, state.file)}`);
}

function whyNoContent(state: State): string {
  const analysis = state.open?.analysis ?? null;
  const load =
    analysis === null || state.file === null ? null : loadOf(state, fileEntry(analysis, state.file));
  if (load === null) return 'There is no content to copy.';
  return load.kind === 'failed' ? literal(load.message) : 'It is still being read.';
}

/** @param name what says that it has been copied. */
function copied(state: State, text: string | Uint8Array, name: string): Update {
  const sentence = `Copied, if the terminal allows it (OSC 52): ${name}`;
  return { state: say(state, literal(sentence)), effect: { type: 'copy', text } };
}

/** As a terminal may be given it. */
export function pathText({ open }: State, { node }: Pick<PathAt, 'node'>): string {
  return `/${shown(open?.analysis?.tables.paths.path(node) ?? '')}`;
}
