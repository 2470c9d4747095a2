import { formatBytes, formatId, formatShare } from '../image/format.ts';
import { differs } from '../image/integrity.ts';
import { visible } from '../image/text.ts';
import { type OpenImage, type Progress, type ScreenName, SCREENS, type State } from '../state/state.ts';
import { fitLine, type Line, type Segment, segment, widthOf } from './text/segments.ts';
import type { Glyphs } from './theme.ts';

/** The first line: what is open and where in it one is, how far it has been read or what it wastes, and the screens. */
export function headerLine(state: State, glyphs: Glyphs): Line {
  const { columns } = state.size;
  // What gives way first where there is no room for all: the platform, the other screens' names, their numbers.
  const candidates = [
    { tabs: tabsOf(state, 'names'), hasPlatform: true },
    { tabs: tabsOf(state, 'names'), hasPlatform: false },
    { tabs: tabsOf(state, 'numbers'), hasPlatform: false },
    { tabs: tabsOf(state, 'none'), hasPlatform: false },
  ].map(({ tabs, hasPlatform }) => ({ tabs, left: leftOf(state, hasPlatform, glyphs) }));
  const fitting = candidates.find(({ tabs, left }) => widthOf(left) + 1 + widthOf(tabs) <= columns);
  if (fitting === undefined) return fitLine(leftOf(state, false, glyphs), columns, glyphs.ellipsis);
  return [...fitLine(fitting.left, columns - widthOf(fitting.tabs), glyphs.ellipsis), ...fitting.tabs];
}

function leftOf(state: State, hasPlatform: boolean, glyphs: Glyphs): Line {
  const image =
    state.open === null || state.screen === 'images' ? [] : imageParts(state.open, hasPlatform, glyphs);
  return [segment(' peel  ', 'title'), ...image];
}

const SCREEN_NAMES: Readonly<Record<ScreenName, string>> = {
  images: 'Images',
  explore: 'Explore',
  waste: 'Waste',
  image: 'Image',
  file: 'File',
};

/** The screens with their numbers, the current one by name; of the others the names, the numbers, or nothing. */
function tabsOf({ screen }: State, others: 'names' | 'numbers' | 'none'): Line {
  if (screen === 'missing') return [segment('1 Images ', 'dim')];
  // From the list of images the other screens are not a key away: digits are typed into its filter.
  if (others === 'none' || screen === 'images') return [segment(`${SCREEN_NAMES[screen]} `, 'strong')];
  return SCREENS.map((name, index) => {
    if (name === screen) return segment(`[${index + 1} ${SCREEN_NAMES[name]}]`, 'strong');
    return segment(others === 'names' ? ` ${index + 1} ${SCREEN_NAMES[name]} ` : ` ${index + 1} `, 'dim');
  });
}

function imageParts(open: OpenImage, hasPlatform: boolean, glyphs: Glyphs): Segment[] {
  const divider = ` ${glyphs.separator} `;
  const { facts, analysis, progress, failure, missing } = open;
  const name = segment(visible(nameOf(open)), 'strong');
  if (missing !== null) return [name, segment(divider), segment('not here', 'problem')];
  if (progress?.phase === 'pulling')
    return [segment('pulling '), name, segment(divider), segment(pullText(progress, glyphs))];
  const known = [
    ...(facts?.platform == null || !hasPlatform ? [] : [visible(facts.platform)]),
    ...(facts === null ? [] : [countOf(facts.layers.length, 'layer')]),
    ...(analysis === null || progress !== null ? [] : [formatBytes(analysis.ledger.total)]),
  ].join(divider);
  const wrong = open.blobs.some(differs) ? [segment(divider), segment('digests differ', 'problem')] : [];
  const parts = [name, segment(`  ${known}`), ...wrong];
  if (failure !== null) return [...parts, segment(`${divider}incomplete`, 'problem')];
  if (progress !== null) return [...parts, segment(divider), segment(progressText(progress, glyphs))];
  if (analysis === null) return parts;
  const { reclaimable, total } = analysis.ledger;
  const wasted = `wasted ${formatBytes(reclaimable)} ${formatShare(reclaimable, total)}`;
  return [...parts, segment(divider), segment(wasted, reclaimable === 0 ? 'plain' : 'strong')];
}

/** The image's name; without one an archive is known by its file, an image of a daemon by its ID. */
function nameOf({ facts, name }: OpenImage): string {
  const id = facts?.source === 'docker' ? facts.id : null;
  return facts?.reference ?? (id === null ? name : formatId(id));
}

/** `31.2 MB of 67.1 MB · 4 s`; without the total as long as there are layers that nobody has told the size of. */
export function pullText({ bytes, total, startedAt, now }: Progress, glyphs: Glyphs): string {
  const parts = total === null && bytes === 0 ? [] : [formatBytes(bytes)];
  const fetched = total === null ? parts : [`${formatBytes(bytes)} of ${formatBytes(total)}`];
  return [...fetched, seconds(now - startedAt)].join(` ${glyphs.separator} `);
}

function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** `reading 412 MB of ~1.02 GB · 138 MB/s · 5 s left`, or what is waited for before the first byte. */
export function progressText(progress: Progress, glyphs: Glyphs): string {
  const { phase, bytes, total, startedAt, firstByteAt, now } = progress;
  if (phase !== 'reading' || firstByteAt === null) {
    const awaited = phase === 'preparing' ? 'the daemon prepares the export' : 'waiting for the first bytes';
    return `${awaited} ${glyphs.separator} ${seconds(now - startedAt)}`;
  }
  const elapsed = (now - firstByteAt) / 1000;
  const rate = elapsed > 0 ? bytes / elapsed : null;
  const of = total === null || total < bytes ? '' : ` of ~${formatBytes(total)}`;
  const left = rate === null || total === null || total < bytes ? null : (total - bytes) / rate;
  return [
    `reading ${formatBytes(bytes)}${of}`,
    ...(rate === null ? [] : [`${formatBytes(Math.round(rate))}/s`]),
    ...(left === null ? [] : [`${seconds(left * 1000)} left`]),
  ].join(` ${glyphs.separator} `);
}

function seconds(milliseconds: number): string {
  return `${Math.max(0, Math.round(milliseconds / 1000))} s`;
}
