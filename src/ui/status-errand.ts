// What the last line says of something that has been sent for: where it is to go, whether it may, how far it has come.

import { formatBytes } from '../image/format.ts';
import { visible } from '../image/text.ts';
import { pathText } from '../state/handing-out.ts';
import type { Candidates, Errand } from '../state/file-state.ts';
import { graphemeAt } from '../state/line-editor.ts';
import type { State } from '../state/state.ts';
import { type Keymap, withLabels } from './keymap.ts';
import { cells, fitMiddle, fitTail, type Line, segment, widthOf } from './text/segments.ts';
import { typedSegments } from './text/typed.ts';
import type { Glyphs } from './theme.ts';

/** Least cells of a path that is cut. */
const LEAST_PATH = 12;
/** Cells of the directory that is typed, its end, when the path has to give way to it. */
const TYPED = 24;

/** @param room cells. */
export function errandLine(
  state: State,
  errand: Errand,
  { room, glyphs, keymap }: { readonly room: number; readonly glyphs: Glyphs; readonly keymap: Keymap },
): Line {
  const fitted = (others: number) =>
    fitMiddle(pathText(state, errand.at), Math.max(LEAST_PATH, room - others), glyphs.ellipsis).trimEnd();
  switch (errand.kind) {
    case 'asking': {
      if (errand.completion !== null && errand.completion !== 'awaited')
        return candidatesLine(state, errand, errand.completion, { room, glyphs });
      const typed = visible(errand.destination);
      const kept = Math.min(cells(typed), Math.max(TYPED, room - ASKS - LEAST_PATH));
      const usual = fitTail(visible(state.extractedInto), TYPED, glyphs.ellipsis).trimEnd();
      const isAwaited = errand.completion === 'awaited';
      const note = isAwaited
        ? `  looking${glyphs.ellipsis}`
        : typed === ''
          ? `  ${usual} if nothing is typed`
          : '';
      const path = fitted(ASKS + kept + cells(note));
      return [
        segment(`extract ${path} into: `, 'strong'),
        ...typedSegments({ text: errand.destination, behind: state.behindCaret }, kept, glyphs),
        segment(note, 'dim'),
      ];
    }
    case 'taken':
      return takenLine(errand, room, glyphs, keymap);
    case 'extracting': {
      const rest = ` into ${visible(errand.destination)}${countText(errand)}`;
      return [segment(`extracting ${fitted(11 + cells(rest))}`, 'strong'), segment(rest)];
    }
    case 'paging':
      return [segment('opening ', 'strong'), segment(fitted(8))];
  }
}

/** What has been typed, its end at least, and as many as there is room for of the names that it may go on to. */
function candidatesLine(
  { behindCaret: behind }: State,
  { destination }: Extract<Errand, { kind: 'asking' }>,
  candidates: Candidates,
  { room, glyphs }: { readonly room: number; readonly glyphs: Glyphs },
): Line {
  const typed = visible(destination);
  const kept = Math.min(cells(typed), Math.max(TYPED, Math.floor(room / 2)));
  const asks = [segment('into: ', 'strong'), ...typedSegments({ text: destination, behind }, kept, glyphs)];
  return [...asks, segment(namesText(candidates, room - widthOf(asks), glyphs), 'dim')];
}

/** Least cells of a name that is cut. */
const LEAST_NAME = 8;

/** Whole names, and how many others there are; where not even the first has room, its ends. */
function namesText({ names, count }: Candidates, room: number, glyphs: Glyphs): string {
  let text = '';
  let told = 0;
  for (const name of names) {
    const next = `${text}  ${visible(name)}/`;
    if (cells(next + moreText(count - told - 1)) > room) break;
    text = next;
    told++;
  }
  if (told > 0) return text + moreText(count - told);
  const more = moreText(count - 1);
  const left = Math.max(LEAST_NAME, room - cells(more) - 2);
  return `  ${fitMiddle(`${visible(names[0] ?? '')}/`, left, glyphs.ellipsis)}${more}`;
}

const moreText = (count: number): string => (count === 0 ? '' : `  +${count}`);

const ASKS = cells('extract  into: ') + 1;

type Taken = Extract<Errand, { kind: 'taken' }>;

/** What is asked is worth more than the whole name of what stands there. */
function takenLine(errand: Taken, room: number, glyphs: Glyphs, keymap: Keymap): Line {
  const text = takenText(errand, keymap);
  const left = Math.max(LEAST_PATH, room - cells(text) - 1);
  return [segment(`${fitMiddle(errand.first, left, glyphs.ellipsis).trimEnd()} ${text}`, 'strong')];
}

function takenText({ count }: Taken, keymap: Keymap): string {
  const others = count - 1;
  const are = others === 0 ? 'is' : others === 1 ? 'and 1 other are' : `and ${others} others are`;
  return `${are} there: ${withLabels(keymap, '{overwrite} overwrites, {back} leaves')}`;
}

function countText({ done }: Extract<Errand, { kind: 'extracting' }>): string {
  if (done === null) return '';
  const { files, totalFiles, bytes, totalBytes } = done;
  return `: ${files} of ${totalFiles} files, ${formatBytes(bytes)} of ${formatBytes(totalBytes)}`;
}

/** The same for the ear: nothing in it grows. */
export function errandText(state: State, errand: Errand, keymap: Keymap): string {
  const path = pathText(state, errand.at);
  switch (errand.kind) {
    case 'asking':
      return `extract ${path} into: ${spokenLine(errand.destination, state)}${candidatesText(errand.completion)}`;
    case 'taken':
      return `${errand.first} ${takenText(errand, keymap)}`;
    case 'extracting':
      return `extracting ${path} into ${visible(errand.destination)}`;
    case 'paging':
      return `opening ${path}`;
  }
}

/** A text that is typed, for the ear: where its cursor stands, unless at its end. */
export function spokenLine(text: string, { behindCaret }: State): string {
  const next = graphemeAt({ text, behind: behindCaret });
  return next === '' ? visible(text) : `${visible(text)}, before ${next === ' ' ? 'a space' : visible(next)}`;
}

/** More of them nobody hears to the end. */
const SPOKEN_NAMES = 10;

function candidatesText(completion: Extract<Errand, { kind: 'asking' }>['completion']): string {
  if (completion === null || completion === 'awaited') return '';
  const { names, count } = completion;
  const told = names.slice(0, SPOKEN_NAMES).map(visible);
  const others = count - told.length;
  return `; it may be ${told.join(', ')}${others === 0 ? '' : ` and ${others} more`}`;
}
