/** What somebody with every key would see of an image: screen after screen, drawn without a terminal. */
import { GROUPINGS } from '../../src/analysis/waste-groups.ts';
import { readContents } from '../../src/cli/read-contents.ts';
import { messageOf, PeelError } from '../../src/image/errors.ts';
import type { ImageSource } from '../../src/image/source.ts';
import { shown } from '../../src/image/text.ts';
import type { AnalysedImage } from '../../src/report/report.ts';
import type { Action, Command, WantedContent } from '../../src/state/actions.ts';
import { entryBefore } from '../../src/state/contents.ts';
import { jumpTo } from '../../src/state/going.ts';
import { layoutOf } from '../../src/state/layout.ts';
import { initialState, opening, type ScreenSize, type State } from '../../src/state/state.ts';
import { update } from '../../src/state/update.ts';
import { Kind } from '../../src/tree/kind.ts';
import { actionOf } from '../harness/explorer.ts';
import { screenText } from '../harness/explorer-screen.ts';

export interface SeenScreen {
  /** The steps that led there. */
  readonly steps: string;
  /** Where every line has to be as wide as the screen, its columns; null where panes stand side by side. */
  readonly columns: number | null;
  readonly text: string;
}

/** One screen that is low and narrow, a usual one, one on which panes stand beside each other. */
const SIZES: readonly ScreenSize[] = [
  { columns: 80, rows: 24 },
  { columns: 120, rows: 40 },
  { columns: 200, rows: 60 },
];

/** Filters that are typed: others for other images. */
const TYPED_FILTERS = 3;

/** A key, or text that is typed. */
type Step = Command | { readonly typed: string };

const LOOKING_AROUND: readonly Step[] = [
  ...(['last', 'next-pane', 'down', 'unfold-all', 'last', 'toggle-mode', 'toggle-order'] as const),
  ...(['toggle-order', 'fewer-levels', 'next-pane', 'page-down', 'next-pane', 'down'] as const),
  ...(['enter', 'back'] as const),
  ...(['toggle-flat', 'down', 'last', 'zoom', 'up', 'toggle-order', 'back', 'toggle-flat'] as const),
];
const RANGE: readonly Step[] = [
  ...(['last', 'toggle-range', 'first', 'next-layer', 'next-pane', 'unfold-all', 'toggle-mode'] as const),
  ...(['toggle-order', 'toggle-order', 'last', 'next-pane', 'back', 'back', 'back'] as const),
];
const WASTE: readonly Step[] = [
  'waste-screen',
  ...GROUPINGS.flatMap((): Step[] => ['down', 'next-pane', 'last', 'file', 'back', 'group']),
  ...(['details', 'zoom', 'down', 'zoom', 'details'] as const),
  'next-pane',
  'enter',
];
const IMAGE: readonly Step[] = ['image', 'enter', 'page-down', 'last'];
const FILE: readonly Step[] = [
  ...(['file', 'page-down', 'last', 'right', 'filter'] as const),
  { typed: 'e' },
  ...(['enter', 'next-match', 'toggle-mode', 'last', 'toggle-mode', 'page-down', 'toggle-mode'] as const),
  ...(['previous-layer', 'toggle-mode', 'toggle-mode', 'next-layer', 'back'] as const),
];

const FILTERS = [
  'A',
  '*.so',
  're:^/(a|.*b)+$',
  '>1 -is:dir',
  'is:hidden',
  'is:metadata !"a b"',
  're:(',
  'is:',
];

const finding = (filter: string): readonly Step[] => [
  ...(['last', 'filter'] as const),
  { typed: filter },
  ...(['enter', 'next-match', 'previous-match', 'previous-layer', 'last'] as const),
];

/** Goes through all screens, with the content of some files. */
export async function* screensOf(
  source: ImageSource,
  loaded: AnalysedImage,
): AsyncGenerator<SeenScreen, void> {
  const size = SIZES[loaded.analysis.stack.entries.count % SIZES.length] ?? { columns: 120, rows: 40 };
  const begin = openedImage(loaded, size);
  const ways: readonly (readonly [State, readonly Step[]])[] = [
    ...[LOOKING_AROUND, RANGE, WASTE, IMAGE].map((steps) => [begin, steps] as const),
    ...filtersFor(loaded).map((filter) => [begin, finding(filter)] as const),
    ...someFiles(loaded).map((file) => [jumpTo(begin, file), FILE] as const),
  ];
  for (const [state, steps] of ways) yield* goThrough(source, state, steps);
}

async function* goThrough(
  source: ImageSource,
  begin: State,
  steps: readonly Step[],
): AsyncGenerator<SeenScreen, void> {
  let state = begin;
  const taken: string[] = [];
  for (const step of steps) {
    taken.push(typeof step === 'string' ? step : JSON.stringify(step.typed));
    state = await settled(source, state, actionFor(state, step));
    const isBeside = state.screen === 'explore' && layoutOf(state)?.isWide === true;
    yield {
      steps: taken.join(' '),
      columns: isBeside ? null : state.size.columns,
      text: screenText(state),
    };
  }
}

const actionFor = (state: State, step: Step): Action =>
  typeof step === 'string' ? actionOf(state, step) : { type: 'typed', text: step.typed };

/** The state after an action, when a search has come to its end, and all has come that it asks to be read. */
async function settled(source: ImageSource, before: State, action: Action): Promise<State> {
  let { state, effect } = update(before, action);
  while (effect?.type === 'search') ({ state, effect } = update(state, { type: 'search-on' }));
  while (effect?.type === 'read-contents' && effect.wanted.length > 0) {
    for (const told of await contentsOf(source, effect.wanted)) {
      const next = update(state, told);
      state = next.state;
      effect = next.effect;
    }
  }
  return state;
}

/** What comes of files that are wanted; one that is not there as it was is told of, as the program does it. */
async function contentsOf(source: ImageSource, wanted: readonly WantedContent[]): Promise<Action[]> {
  const told: Action[] = [];
  try {
    const tell = (inode: number, load: Extract<Action, { type: 'content' }>['load']) =>
      void told.push({ type: 'content', inode, load });
    await readContents(source, wanted, tell, new AbortController().signal);
    return told;
  } catch (error) {
    if (!(error instanceof PeelError)) throw error;
    const load = { kind: 'failed', message: messageOf(error) } as const;
    return wanted.map(({ inode }) => ({ type: 'content', inode, load }));
  }
}

function openedImage({ image, analysis, blobs }: AnalysedImage, size: ScreenSize): State {
  let state = opening(initialState(size, 'images'), 'a', 0);
  state = update(state, { type: 'image', image }).state;
  state = update(state, { type: 'layer', analysis, blobs }).state;
  return update(state, { type: 'complete' }).state;
}

/** Some of the filters, or a path of the image as a person would paste it. */
function filtersFor({ analysis: { stack, tables } }: AnalysedImage): string[] {
  const { count } = stack.entries;
  const path = count === 0 ? '' : tables.paths.path(stack.entries.nodeOf(count >> 1));
  return Array.from({ length: TYPED_FILTERS }, (_, n) => FILTERS[(count + n) % (FILTERS.length + 1)]).map(
    (filter) => filter ?? shown(path).slice(-200),
  );
}

/** A file that there was another one of before, and one of all, each as the layer that stores it shows it. */
function someFiles({ analysis }: AnalysedImage): { node: number; layer: number }[] {
  const { entries } = analysis.stack;
  const placeOf = (entry: number) => ({ node: entries.nodeOf(entry), layer: entries.layerOf(entry) });
  const files = Array.from({ length: Math.min(entries.count, MOST_ENTRIES) }, (_, entry) => entry).filter(
    (entry) => entries.kindOf(entry) === Kind.File,
  );
  const changed = files.filter((entry) => entryBefore(analysis, placeOf(entry)) >= 0);
  return [changed, files].flatMap((some) => some[some.length >> 1] ?? []).map(placeOf);
}

/** Entries among which files are looked for. */
const MOST_ENTRIES = 100_000;
