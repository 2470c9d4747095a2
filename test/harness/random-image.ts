/**
 * Random images for property tests. What is drawn is a list of *steps* a build might take ("write this file",
 * "touch something written before", "remove something"), from small pools, so that the same paths and the same
 * contents come again and again; the steps are then played into layers that a builder could have written. As
 * every step stands for itself and an impossible one is left out, a failing image shrinks to the few that matter.
 */
import fc from 'fast-check';
import { directory, file, hardlink, opaque, special, symlink, whiteout } from './archive.ts';
import type { ImageDescription, LayerEntry } from './archive.ts';

type Meta = Pick<LayerEntry, 'mode' | 'uid' | 'gid' | 'mtime'>;

/** `pick` chooses among what earlier steps have written, whatever layer that was in. Paths are without a leading `/`. */
type Step =
  | { readonly do: 'write'; readonly path: string; readonly content: string; readonly meta: Meta }
  | { readonly do: 'rewrite'; readonly pick: number; readonly content: string; readonly meta: Meta }
  | { readonly do: 'touch' | 'putBack'; readonly pick: number; readonly meta: Meta }
  | { readonly do: 'remove' | 'makeOpaque'; readonly pick: number; readonly up: number }
  | { readonly do: 'removeNothing'; readonly path: string }
  | { readonly do: 'link'; readonly pick: number; readonly path: string }
  | { readonly do: 'linkOver'; readonly pick: number; readonly over: number }
  | { readonly do: 'switch'; readonly pick: number; readonly to: Kind; readonly meta: Meta }
  | { readonly do: 'make'; readonly path: string; readonly to: Kind; readonly meta: Meta };

type Kind = 'directory' | 'symlink' | 'fifo' | 'char' | 'block';

/** How one writer spells names: with a prefix, directories with or without a slash at their end. */
interface Spelling {
  readonly prefix: '' | './' | '/';
  readonly slash: boolean;
  /** Whether the layer begins with an entry for the root itself, as tars made of `.` do. */
  readonly root: boolean;
}

interface LayerPlan {
  readonly steps: readonly Step[];
  readonly spelling: Spelling;
  /** Whether this layer is the one below it, entry for entry: archives may store the two once. */
  readonly again: boolean;
}

const commonNames = ['a', 'b', 'c', 'd'];
const oddNames = [
  ...['with space', 'ünï', 'データ', '.hidden', 'wh.notwhiteout', '.wh', '.whale', 'a.b', 'a-b', 'new\nline'],
  ...['back\\slash', 'tab\there', '*', '\u{1f600}', '\uff5e', 'x'.repeat(90), 'y'.repeat(150)],
];
const name = fc.oneof(
  { withCrossShrink: true },
  { weight: 4, arbitrary: fc.constantFrom(...commonNames) },
  { weight: 1, arbitrary: fc.constantFrom(...oddNames) },
);
const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((names) => names.join('/'));

/** Pairs of the same size but not the same bytes, an empty one, one over several blocks, one that is no UTF-8. */
const contents = [
  '',
  'x',
  'y',
  'hello\n',
  'a'.repeat(512),
  'b'.repeat(512),
  'c'.repeat(513),
  'd'.repeat(70_000),
];
const content = fc.constantFrom(...contents, '\xff\0\xfe');

const meta = fc.record<Meta>({
  mode: fc.constantFrom(0o644, 0o755, 0o600, 0o4755, 0o2755, 0o1777, 0o444),
  uid: fc.constantFrom(0, 1000, 65534),
  gid: fc.constantFrom(0, 33),
  mtime: fc.constantFrom(1_600_000_000, 1_600_000_001, 0),
});

const kind = fc.constantFrom<Kind>('directory', 'directory', 'symlink', 'fifo', 'char', 'block');
const pick = fc.nat({ max: 40 });
const up = fc.constantFrom(0, 0, 1, 2);
const one = fc.constant;

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ do: one('write' as const), path, content, meta }) },
  { weight: 3, arbitrary: fc.record({ do: one('rewrite' as const), pick, content, meta }) },
  { weight: 3, arbitrary: fc.record({ do: one('touch' as const), pick, meta }) },
  { weight: 1, arbitrary: fc.record({ do: one('putBack' as const), pick, meta }) },
  { weight: 3, arbitrary: fc.record({ do: one('remove' as const), pick, up }) },
  { weight: 1, arbitrary: fc.record({ do: one('makeOpaque' as const), pick, up }) },
  { weight: 1, arbitrary: fc.record({ do: one('removeNothing' as const), path }) },
  { weight: 3, arbitrary: fc.record({ do: one('link' as const), pick, path }) },
  { weight: 1, arbitrary: fc.record({ do: one('linkOver' as const), pick, over: pick }) },
  { weight: 2, arbitrary: fc.record({ do: one('switch' as const), pick, to: kind, meta }) },
  { weight: 2, arbitrary: fc.record({ do: one('make' as const), path, to: kind, meta }) },
);

const spelling = fc.record<Spelling>({
  prefix: fc.constantFrom('', './', '/'),
  slash: fc.boolean(),
  root: fc.boolean(),
});
const layerPlan = fc.record<LayerPlan>({
  steps: fc.array(step, { maxLength: 14 }),
  spelling,
  again: fc.constantFrom(false, false, false, false, false, false, false, true),
});

/** Images of one to six layers, most of them such as a builder could have written. */
export const randomImage: fc.Arbitrary<ImageDescription> = fc
  .record({
    plans: fc.array(layerPlan, { minLength: 1, maxLength: 6 }),
    emptyInstructionsBefore: fc.array(fc.nat({ max: 2 }), { maxLength: 6 }),
  })
  .map(({ plans, emptyInstructionsBefore }) => ({ layers: play(plans), emptyInstructionsBefore }));

function play(plans: readonly LayerPlan[]): LayerEntry[][] {
  const layers: LayerEntry[][] = [];
  // Everything written so far by any layer, still there or not, as later steps pick from it.
  const written: LayerEntry[] = [];
  for (const { steps, spelling, again } of plans) {
    const below = layers.at(-1);
    if (again && below !== undefined) {
      layers.push(below);
      continue;
    }
    const entries = new LayerInTheMaking();
    for (const step of steps) {
      for (const entry of entriesOf(step, written, entries)) {
        if (entries.accept(entry) && !entry.name.includes('.wh.')) written.push(entry);
      }
    }
    layers.push([...(spelling.root ? [directory('./')] : []), ...entries.list.map(spell(spelling))]);
  }
  return layers;
}

/** The entries of one layer, refusing those that no builder could write into it. */
class LayerInTheMaking {
  readonly list: LayerEntry[] = [];
  /** What this layer's own entries show so far, directories that are only implied among them. */
  readonly #shown = new Map<string, LayerEntry['type']>();
  /** The entry with the payload, for every name of a regular file that this layer's entries show. */
  readonly #files = new Map<string, LayerEntry>();

  /** The regular files of this layer so far: what a hard link may point at. */
  get files(): readonly (readonly [path: string, file: LayerEntry])[] {
    return [...this.#files];
  }

  accept(entry: LayerEntry): boolean {
    const parents = ancestorsOf(entry.name);
    const underOther = parents.some((parent) => (this.#shown.get(parent) ?? 'directory') !== 'directory');
    if (underOther || (entry.type === 'hardlink' && entry.link === entry.name)) return false;
    const target = this.#files.get(entry.link);
    if (entry.type === 'hardlink' && (target === undefined || isBelow(entry.link, entry.name))) return false;
    this.list.push(entry);
    if (entry.name.includes('.wh.')) return true;
    for (const parent of parents) this.#shown.set(parent, 'directory');
    if (entry.type !== 'directory') this.#forgetBelow(entry.name);
    this.#shown.set(entry.name, entry.type);
    this.#files.delete(entry.name);
    if (entry.type === 'file') this.#files.set(entry.name, entry);
    if (target !== undefined && entry.type === 'hardlink') this.#files.set(entry.name, target);
    return true;
  }

  #forgetBelow(path: string): void {
    for (const other of [...this.#shown.keys()]) {
      if (!isBelow(other, path)) continue;
      this.#shown.delete(other);
      this.#files.delete(other);
    }
  }
}

function entriesOf(step: Step, written: readonly LayerEntry[], layer: LayerInTheMaking): LayerEntry[] {
  switch (step.do) {
    case 'write':
      return [file(step.path, step.content, step.meta)];
    case 'removeNothing':
      return [whiteout(step.path)];
    case 'make':
      return [ofKind(step.to, step.path, step.meta)];
    case 'link':
    case 'linkOver': {
      const target = choose(layer.files, step.pick);
      const at = step.do === 'link' ? step.path : choose(written, step.over)?.name;
      if (target === undefined || at === undefined) return [];
      const [path, { mode, uid, gid, mtime }] = target;
      return [hardlink(at, path, { mode, uid, gid, mtime })];
    }
    default:
      return entriesOnPicked(step, written);
  }
}

type StepOnPicked = Extract<
  Step,
  { do: 'rewrite' | 'touch' | 'putBack' | 'remove' | 'makeOpaque' | 'switch' }
>;

function entriesOnPicked(step: StepOnPicked, written: readonly LayerEntry[]): LayerEntry[] {
  const picked = choose(written, step.pick);
  if (picked === undefined) return [];
  const again = file(picked.name, picked.content, 'meta' in step ? step.meta : {});
  switch (step.do) {
    case 'rewrite':
      return [{ ...again, content: step.content }];
    case 'touch':
      return picked.type === 'file' ? [again] : [];
    case 'putBack':
      return picked.type === 'file' ? [whiteout(picked.name), again] : [];
    case 'remove':
      return [whiteout(upFrom(picked.name, step.up) || picked.name)];
    case 'makeOpaque':
      return [opaque(upFrom(picked.name, step.up))].map((e) => ({ ...e, name: e.name.replace(/^\//, '') }));
    case 'switch':
      return [ofKind(step.to, picked.name, step.meta)];
  }
}

function ofKind(to: Kind, path: string, meta: Meta): LayerEntry {
  if (to === 'directory') return directory(path, meta);
  return to === 'symlink' ? symlink(path, '../a', meta) : special(to, path, meta);
}

/** Writes names, and the targets of hard links, which are names of the same archive, as the layer's writer does. */
const spell =
  ({ prefix, slash }: Spelling) =>
  (entry: LayerEntry): LayerEntry => ({
    ...entry,
    name: `${prefix}${entry.name}${slash && entry.type === 'directory' ? '/' : ''}`,
    link: entry.type === 'hardlink' ? `${prefix}${entry.link}` : entry.link,
  });

/** Counted from the latest back, so that a shrunk image without its first steps still picks the same. */
const choose = <T>(list: readonly T[], pick: number): T | undefined => list.at(-1 - (pick % list.length));
const isBelow = (path: string, directoryPath: string): boolean => path.startsWith(`${directoryPath}/`);
const ancestorsOf = (path: string): string[] =>
  [...path.matchAll(/\//g)].map(({ index }) => path.slice(0, index));
/** The path `levels` above, empty for the root. */
const upFrom = (path: string, levels: number): string =>
  path
    .split('/')
    .slice(0, -levels || undefined)
    .join('/');
