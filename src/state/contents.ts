// What is in the file that is looked at: what of it the state holds, and what it still lacks.

import type { Analysis } from '../analysis/analysis.ts';
import { type Difference, differenceOf, MAX_COMPARED_BYTES } from '../content/difference.ts';
import type { FileContent } from '../content/file-content.ts';
import { cellsUpTo } from '../content/shown-line.ts';
import type { TextView } from '../content/text-view.ts';
import { contentRequest } from '../tree/content-request.ts';
import { NOTHING } from '../tree/entries.ts';
import { Kind } from '../tree/kind.ts';
import { NO_RECORD } from '../tree/records.ts';
import type { Update, WantedContent } from './actions.ts';
import { filePanes } from './layout.ts';
import { rememberLast } from './memo.ts';
import type { ContentLoad, Contents, FileViewName } from './file-state.ts';
import type { FileState, State } from './state.ts';

/** Bytes of files that are no longer looked at, kept in case they are again: a daemon makes a whole export for each. */
const KEPT_BYTES = 32 * 1024 * 1024;

/** The entry that the file's path shows in its layer; NOTHING where it is not there, or no longer. */
export function fileEntry(analysis: Analysis, { node, layer }: Pick<FileState, 'node' | 'layer'>): number {
  return analysis.stack.records.shownAt(node, layer);
}

/** What the path showed before the layer that made it what it is in the file's layer. */
export function entryBefore(analysis: Analysis, { node, layer }: Pick<FileState, 'node' | 'layer'>): number {
  const { records } = analysis.stack;
  const record = records.atOrBefore(node, layer);
  return record === NO_RECORD ? NOTHING : (records.befores[record] ?? NOTHING);
}

/** What is there of the content of an entry; null where it has none, or has not been asked for. */
export function loadOf({ open, contents }: State, entry: number): ContentLoad | null {
  const entries = open?.analysis?.stack.entries;
  if (entries === undefined || entry < 0 || entries.kindOf(entry) !== Kind.File) return null;
  return contents.get(entries.inodeOf(entry)) ?? null;
}

/** The content of the file that is looked at, once it has been read. */
export function fileContent(state: State): FileContent | null {
  const analysis = state.open?.analysis ?? null;
  if (analysis === null || state.file === null) return null;
  const load = loadOf(state, fileEntry(analysis, state.file));
  return load?.kind === 'read' ? load.content : null;
}

/** Whether the content of the file that is looked at is not here yet, but will be unless something fails. */
export function isAwaited(state: State): boolean {
  const analysis = state.open?.analysis ?? null;
  if (analysis === null || state.file === null) return false;
  const entry = fileEntry(analysis, state.file);
  if (entry < 0 || analysis.stack.entries.kindOf(entry) !== Kind.File) return false;
  const hasFailed = (state.open?.failure ?? null) !== null;
  const load = loadOf(state, entry);
  return load === null ? !hasFailed : load.kind === 'reading';
}

/** How the content is shown: as somebody has chosen, else as text where it is one. */
export function fileView(state: State): FileViewName {
  const content = fileContent(state);
  const chosen = state.file?.view ?? null;
  const isNoText = content?.text === null;
  if (chosen !== null && !(chosen === 'text' && isNoText)) return chosen;
  return isNoText ? 'hex' : 'text';
}

/** What changed against the content before: the difference, what it lacks, or the reason why there is none. */
export type FileChanges =
  | { readonly kind: 'difference'; readonly difference: Difference }
  | { readonly kind: 'waiting' }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'none'; readonly reason: 'new' | 'same' | 'no-text' | 'too-large' };

export function fileChanges(state: State): FileChanges {
  const analysis = state.open?.analysis ?? null;
  if (analysis === null || state.file === null) return { kind: 'waiting' };
  const { entries } = analysis.stack;
  const [before, after] = [entryBefore(analysis, state.file), fileEntry(analysis, state.file)];
  const isFile = (entry: number) => entry >= 0 && entries.kindOf(entry) === Kind.File;
  if (!isFile(before) || !isFile(after)) return { kind: 'none', reason: 'new' };
  if (entries.sameContent(before, after)) return { kind: 'none', reason: 'same' };
  // What cannot be compared is not asked for: two of the largest files would not be kept together.
  const bytes = Math.max(entries.sizeOf(before), entries.sizeOf(after));
  if (bytes > MAX_COMPARED_BYTES) return { kind: 'none', reason: 'too-large' };
  const loads = [loadOf(state, before), loadOf(state, after)];
  for (const load of loads) if (load?.kind === 'failed') return load;
  const [old, young] = loads.map((load) => (load?.kind === 'read' ? load.content : null));
  if (old == null || young == null) return { kind: 'waiting' };
  if (old.text === null || young.text === null) return { kind: 'none', reason: 'no-text' };
  const difference = differenceBetween(old.text, young.text);
  return difference === null ? { kind: 'none', reason: 'too-large' } : { kind: 'difference', difference };
}

const differenceBetween = rememberLast((before: TextView, after: TextView) => differenceOf(before, after));

/** Rows of what is shown, on the screen or not. */
export function contentRowCount(state: State): number {
  const view = fileView(state);
  if (view === 'changes') {
    const changes = fileChanges(state);
    return changes.kind === 'difference' ? changes.difference.rowCount : 0;
  }
  const content = fileContent(state);
  if (content === null) return 0;
  return view === 'hex' ? content.hex.rowCount : (content.text?.rowCount ?? 0);
}

/** The rows of what is shown, from `first` on; each is as wide as it is. */
function contentTexts(state: State, first: number, count: number): string[] {
  const view = fileView(state);
  if (view === 'changes') {
    const changes = fileChanges(state);
    if (changes.kind !== 'difference') return [];
    return changes.difference.rows(first, count).map((row) => (row.kind === 'folded' ? '' : row.text));
  }
  const content = fileContent(state);
  return (view === 'hex' ? content?.hex : content?.text)?.rows(first, count) ?? [];
}

/** Rows of content on the screen. */
export function contentHeight(state: State): number {
  return filePanes(state).content - 2;
}

/** The first row on the screen where the last one is seen. */
export function lastContentTop(state: State): number {
  return Math.max(0, contentRowCount(state) - contentHeight(state));
}

/** Cells of the widest row on the screen; `most` where it has more than those. */
export function seenWidth(state: State, most: number): number {
  const rows = contentTexts(state, state.file?.top ?? 0, contentHeight(state));
  return rows.reduce((widest, row) => Math.max(widest, cellsUpTo(row, most)), 0);
}

/**
 * What the screen shows is asked for where the state does not have it; what is on its way and no longer wanted is
 * given up. Files can be had once the whole image has been read.
 */
export function askForContents(state: State): Update {
  const wanted = state.screen === 'file' ? wantedContents(state) : [];
  const isWanted = (inode: number) => wanted.some((each) => each.inode === inode);
  // A failure is shown as long as its file is looked at, and may be none the next time.
  const isUnwanted = ([inode, load]: readonly [number, ContentLoad]) =>
    load.kind !== 'read' && !isWanted(inode);
  const lacking = wanted.filter(({ inode }) => !state.contents.has(inode));
  if (lacking.length === 0 && ![...state.contents].some(isUnwanted)) return { state };
  const contents = new Map([...state.contents].filter((pair) => !isUnwanted(pair)));
  for (const { inode } of lacking) contents.set(inode, { kind: 'reading', share: 0 });
  const unread = wanted.filter(({ inode }) => contents.get(inode)?.kind === 'reading');
  return { state: { ...state, contents }, effect: { type: 'read-contents', wanted: unread } };
}

function wantedContents(state: State): WantedContent[] {
  const analysis = state.open?.analysis ?? null;
  if (analysis === null || state.file === null || state.open?.isComplete !== true) return [];
  const { stack, tables } = analysis;
  const entries = [fileEntry(analysis, state.file)];
  const changes = fileView(state) === 'changes' ? fileChanges(state) : null;
  const isCompared = changes === null ? isSoonCompared(state, analysis) : changes.kind !== 'none';
  if (isCompared) entries.push(entryBefore(analysis, state.file));
  return entries.flatMap((entry) => {
    const request = contentRequest(stack, tables, entry);
    return request === null ? [] : [{ inode: stack.entries.inodeOf(entry), request }];
  });
}

/** Bytes of a file whose content before is asked for with it: to ask a daemon for it later is a whole export more. */
const READ_WITH_BEFORE = 1024 * 1024;

/** Whether the content before is to come in the same pass as the file's; once that is here, only what is on its way. */
function isSoonCompared(state: State, analysis: Analysis): boolean {
  if (state.file === null) return false;
  const { entries } = analysis.stack;
  const [before, after] = [entryBefore(analysis, state.file), fileEntry(analysis, state.file)];
  const isSmallFile = (entry: number) =>
    entry >= 0 && entries.kindOf(entry) === Kind.File && entries.sizeOf(entry) <= READ_WITH_BEFORE;
  if (!isSmallFile(before) || !isSmallFile(after) || entries.sameContent(before, after)) return false;
  return loadOf(state, after)?.kind !== 'read' || loadOf(state, before)?.kind === 'reading';
}

/** The contents with one more; where there are too many bytes, the oldest go that the screen does not show. */
export function withContent(state: State, inode: number, load: ContentLoad): Contents {
  const kept = new Set(wantedContents(state).map((wanted) => wanted.inode)).add(inode);
  const next = new Map(state.contents);
  next.delete(inode);
  next.set(inode, load);
  let bytes = 0;
  for (const [each, { kind, ...rest }] of [...next].reverse()) {
    if (kind !== 'read' || !('content' in rest)) continue;
    bytes += rest.content.hex.bytes.length;
    if (bytes > KEPT_BYTES && !kept.has(each)) next.delete(each);
  }
  return next;
}
