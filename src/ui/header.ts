import { formatBytes, formatId, formatShare } from '../image/format.ts';
import { differs } from '../image/integrity.ts';
import { visible } from '../image/text.ts';
import type { Command } from '../state/actions.ts';
import type { OpenImage, Progress } from '../state/open-image.ts';
import { type ScreenName, SCREENS, type State } from '../state/state.ts';
import { crumbsOf } from './crumbs.ts';
import { type Keymap, labelOf } from './keymap.ts';
import { cells, fitLine, fitMiddle, type Line, type Segment, segment, widthOf } from './text/segments.ts';
import type { Glyphs } from './theme.ts';

/** The first line: where in which image one is, how far it has been read or what it wastes, and the screens. */
export function headerLine(state: State, glyphs: Glyphs, keymap: Keymap): Line {
  const { columns } = state.size;
  const { fitting, least } = fittingHeader(state, glyphs, keymap);
  if (fitting !== undefined) {
    const tabs = fitting.tabs.map(({ label }) => label);
    return [...fitLine(fitting.left, columns - widthOf(tabs), glyphs.ellipsis), ...tabs];
  }
  return least === undefined ? [] : fittedHeader(state, { left: least.left, columns, glyphs });
}

/** The command of the screen's name or number that stands at a cell of the first line; null where none does. */
export function tabAt(state: State, column: number, glyphs: Glyphs, keymap: Keymap): Command | null {
  const hasOthers = state.screen !== 'images' || state.open !== null;
  const tabs = hasOthers ? (fittingHeader(state, glyphs, keymap).fitting?.tabs ?? []) : [];
  let left = state.size.columns - widthOf(tabs.map(({ label }) => label));
  for (const { label, command } of tabs) {
    const right = left + widthOf([label]);
    if (column >= left && column < right) return command;
    left = right;
  }
  return null;
}

/** What there is room for, and the least that there could be. */
function fittingHeader(state: State, glyphs: Glyphs, keymap: Keymap) {
  const candidates = GIVING_WAY[orderOf(state)].map((shown) => ({
    left: leftOf(state, shown, glyphs),
    tabs: tabsOf(state, keymap, shown.tabs),
  }));
  const fitting = candidates.find(({ tabs, left }) => {
    return widthOf(left) + 1 + widthOf(tabs.map(({ label }) => label)) <= state.size.columns;
  });
  return { fitting, least: candidates.at(-1) };
}

/** Fewest cells of an image's name that are worth more than the screen's. */
const LEAST_NAME = 12;

/** Where nothing else can give way, the image's name does, its middle first: the screen and the share that is wasted stay. */
function fittedHeader(
  { screen }: State,
  { left, columns, glyphs }: { readonly left: Line; readonly columns: number; readonly glyphs: Glyphs },
): Line {
  const tab = screen === 'missing' ? [] : [segment(`${SCREEN_TABS[screen].name} `, 'strong')];
  const room = columns - widthOf(tab) - 1;
  const shortened = left.map((part) => {
    const name = cells(part.text) - (widthOf(left) - room);
    return part.role === 'strong' && part === left.find(({ role }) => role === 'strong') && name >= LEAST_NAME
      ? segment(fitMiddle(part.text, name, glyphs.ellipsis), 'strong')
      : part;
  });
  // However much is cut, a gap stays before the screen.
  return [...fitLine(shortened, room, glyphs.ellipsis), segment(' '), ...tab];
}

/** The screens: all by name; the current one by name, the others by number; all by number; the current one alone. */
type Tabs = 'names' | 'numbers' | 'digits' | 'none';

/** What the header has room for. */
interface Shown {
  /** How many of the figures: all of them; without the platform; without the layers; without the size; none. */
  readonly figures: 4 | 3 | 2 | 1 | 0;
  readonly tabs: Tabs;
  readonly hasCrumbs: boolean;
}

const ALL: Shown = { figures: 4, tabs: 'names', hasCrumbs: true };

/**
 * What gives way where there is no room for all: first figures that stand elsewhere too, then the screens' names
 * (their numbers are worth more than any figure), then where one is. On the screen of a file its path is worth more than any figure; while an image is being
 * read, how many layers it has is worth more than the layer under the cursor.
 */
const GIVING_WAY: Readonly<Record<'file' | 'unread' | 'read', readonly Shown[]>> = {
  file: [
    ALL,
    { ...ALL, figures: 3 },
    { ...ALL, figures: 2 },
    { ...ALL, figures: 1 },
    { ...ALL, figures: 0 },
    { figures: 0, tabs: 'numbers', hasCrumbs: true },
    { figures: 0, tabs: 'digits', hasCrumbs: true },
    { figures: 0, tabs: 'none', hasCrumbs: true },
  ],
  unread: [
    ALL,
    { ...ALL, figures: 3 },
    { figures: 3, tabs: 'numbers', hasCrumbs: true },
    { figures: 3, tabs: 'digits', hasCrumbs: true },
    { figures: 3, tabs: 'digits', hasCrumbs: false },
    { figures: 3, tabs: 'none', hasCrumbs: false },
    { figures: 1, tabs: 'none', hasCrumbs: false },
  ],
  read: [
    ALL,
    { ...ALL, figures: 3 },
    { ...ALL, figures: 2 },
    { figures: 3, tabs: 'numbers', hasCrumbs: true },
    { figures: 2, tabs: 'numbers', hasCrumbs: true },
    { figures: 2, tabs: 'digits', hasCrumbs: true },
    { figures: 1, tabs: 'digits', hasCrumbs: true },
    { figures: 1, tabs: 'digits', hasCrumbs: false },
    { figures: 1, tabs: 'none', hasCrumbs: false },
  ],
};

function orderOf({ screen, open }: State): keyof typeof GIVING_WAY {
  if (screen === 'file') return 'file';
  return open?.isComplete === true ? 'read' : 'unread';
}

function leftOf(state: State, shown: Shown, glyphs: Glyphs): Line {
  const { open, screen } = state;
  if (open === null || screen === 'images') return [segment(' peel ', 'title')];
  const divider = segment(` ${glyphs.crumb} `, 'dim');
  const name = segment(visible(nameOf(open)), 'strong');
  if (open.progress?.phase === 'pulling')
    return [segment(' peel', 'title'), divider, segment('pulling '), name, ...figuresOf(open, shown, glyphs)];
  const crumbs = shown.hasCrumbs ? crumbsOf(state, glyphs) : [];
  return [
    segment(' peel', 'title'),
    divider,
    name,
    ...crumbs.flatMap((crumb) => [divider, segment(crumb)]),
    ...figuresOf(open, shown, glyphs),
  ];
}

/** How the screens are called, and the commands that lead to them. */
const SCREEN_TABS: Readonly<Record<ScreenName, { readonly name: string; readonly command: Command }>> = {
  images: { name: 'Images', command: 'images' },
  explore: { name: 'Explore', command: 'explore' },
  waste: { name: 'Waste', command: 'waste-screen' },
  image: { name: 'Image', command: 'image' },
  file: { name: 'File', command: 'file' },
};

/** A screen as the first line has it, and the command that leads there. */
interface Tab {
  readonly label: Segment;
  readonly command: Command;
}

/** The screens with their keys, the current one by name; of the others the names, the keys, or nothing. */
function tabsOf({ screen, open }: State, keymap: Keymap, others: Tabs): Tab[] {
  if (screen === 'missing')
    return [{ label: segment(`${labelOf(keymap, 'images')} Images `, 'dim'), command: 'images' }];
  // As long as no image is open, the list of images has no other screen to lead to.
  if (others === 'none' || (screen === 'images' && open === null)) {
    const { name, command } = SCREEN_TABS[screen];
    return [{ label: segment(`${name} `, 'strong'), command }];
  }
  return SCREENS.map((each) => {
    const { name, command } = SCREEN_TABS[each];
    const key = labelOf(keymap, command);
    const text = others === 'digits' || (others === 'numbers' && each !== screen) ? key : `${key} ${name}`;
    return { label: each === screen ? segment(`[${text}]`, 'strong') : segment(` ${text} `, 'dim'), command };
  });
}

/** What follows the image's name: why it is not here, how far it has been read, its figures. */
function figuresOf(open: OpenImage, { figures }: Shown, glyphs: Glyphs): Segment[] {
  const divider = ` ${glyphs.separator} `;
  const { facts, analysis, progress, missing } = open;
  if (missing !== null) return [segment(divider), segment('not here', 'problem')];
  if (progress?.phase === 'pulling') return [segment(divider), segment(pullText(progress, glyphs))];
  const known = [
    ...(facts?.platform == null || figures < 4 ? [] : [visible(facts.platform)]),
    ...(facts === null || figures < 3 ? [] : [countOf(facts.layers.length, 'layer')]),
    ...(analysis === null || progress !== null || figures < 2 ? [] : [formatBytes(analysis.ledger.total)]),
  ].map((text) => segment(text));
  const state = figures === 0 ? null : stateOf(open, glyphs);
  const wrong = open.blobs.some(differs) ? [segment('digests differ', 'problem')] : [];
  const parts = [...known, ...wrong, ...(state === null ? [] : [state])];
  return parts.flatMap((part, index) => [segment(index === 0 ? '  ' : divider), part]);
}

/** How far an image has been read, and in the end what it wastes. */
function stateOf({ analysis, progress, failure }: OpenImage, glyphs: Glyphs): Segment | null {
  if (failure !== null) return segment('incomplete', 'problem');
  if (progress !== null) return segment(progressText(progress, glyphs));
  if (analysis === null) return null;
  const { reclaimable, total } = analysis.ledger;
  const wasted = `wasted ${formatBytes(reclaimable)} ${formatShare(reclaimable, total)}`;
  return segment(wasted, reclaimable === 0 ? 'plain' : 'strong');
}

/** The image's name; without one an archive is known by its file, an image of a daemon by its ID. */
function nameOf({ facts, name }: OpenImage): string {
  const id = facts?.source === 'docker' ? facts.id : null;
  return facts?.reference ?? (id === null ? name : formatId(id));
}

/** `31.2 MB of 67.1 MB · 4 s`; without the total as long as there are layers that nobody has told the size of. */
function pullText({ bytes, total, startedAt, now }: Progress, glyphs: Glyphs): string {
  const parts = total === null && bytes === 0 ? [] : [formatBytes(bytes)];
  const fetched = total === null ? parts : [`${formatBytes(bytes)} of ${formatBytes(total)}`];
  return [...fetched, seconds(now - startedAt)].join(` ${glyphs.separator} `);
}

function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** `reading 412 MB of ~1.02 GB · 138 MB/s · 5 s left`, the same of what is compared, or what is waited for before the first byte. */
export function progressText(progress: Progress, glyphs: Glyphs): string {
  const { phase, bytes, total, startedAt, firstByteAt, now } = progress;
  if (phase === 'kept') return 'read before: from what was kept';
  if ((phase !== 'reading' && phase !== 'comparing') || firstByteAt === null) {
    const awaited = phase === 'preparing' ? 'the daemon prepares the export' : 'waiting for the first bytes';
    return `${awaited} ${glyphs.separator} ${seconds(now - startedAt)}`;
  }
  const elapsed = (now - firstByteAt) / 1000;
  const rate = elapsed > 0 ? bytes / elapsed : null;
  const about = phase === 'comparing' ? '' : '~';
  const of = total === null || total < bytes ? '' : ` of ${about}${formatBytes(total)}`;
  const left = rate === null || total === null || total < bytes ? null : (total - bytes) / rate;
  return [
    `${phase} ${formatBytes(bytes)}${of}`,
    ...(rate === null ? [] : [`${formatBytes(Math.round(rate))}/s`]),
    ...(left === null ? [] : [`${seconds(left * 1000)} left`]),
  ].join(` ${glyphs.separator} `);
}

function seconds(milliseconds: number): string {
  return `${Math.max(0, Math.round(milliseconds / 1000))} s`;
}
