/**
 * A deliberately naive model of the layer rules and of the waste ledger. It copies the whole file system for
 * every layer and looks everything up the slow way, so that it can be read beside the rules' text. The program
 * under test is far from this in shape, and must agree with it to the byte.
 */
import type { EntryType, LayerEntry } from './archive.ts';

/** One payload of a regular file in one layer. Two names with the same copy are hard links of one another. */
export interface Copy {
  readonly path: string;
  readonly layer: number;
  readonly content: string;
}

/** What a name shows. A hard link shares the node of the name that it points to. */
export interface Node {
  readonly type: Exclude<EntryType, 'hardlink'>;
  /** Of a regular file only. */
  readonly copy: Copy | null;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Seconds since 1970; null for a directory that no entry names. */
  readonly mtime: number | null;
  /** Where a symlink points, as written; empty otherwise. */
  readonly link: string;
}

/** What every path shows, `/` itself left out. */
export type State = ReadonlyMap<string, Node>;

export type Fate = 'overwritten' | 'repeated' | 'deleted';

export interface HiddenCopy {
  readonly path: string;
  readonly layer: number;
  readonly bytes: number;
  readonly fate: Fate;
  readonly hiddenBy: number;
}

/** What one layer does to one path, against all layers below. `differs` is empty but for `metadata`. */
export interface Change {
  readonly kind: 'added' | 'content' | 'metadata' | 'removed' | 'unchanged';
  readonly differs: readonly ('mode' | 'owner' | 'time' | 'link')[];
  /** What the path shows after the layer; before it, where the layer removes it. */
  readonly shows: Node;
}

export interface Judgement {
  /** Payload bytes of each layer. */
  readonly layers: readonly number[];
  readonly totals: {
    readonly layerBytes: number;
    readonly liveBytes: number;
    readonly overwrittenBytes: number;
    readonly repeatedBytes: number;
    readonly deletedBytes: number;
  };
  /** All of them, also those without a byte, in the order of `sortHidden`. */
  readonly hidden: readonly HiddenCopy[];
  readonly final: State;
  /** For each layer, every path of the file system before or after it. */
  readonly changes: readonly ReadonlyMap<string, Change>[];
}

export function judge(layers: readonly (readonly LayerEntry[])[]): Judgement {
  const hidden: HiddenCopy[] = [];
  const changes: ReadonlyMap<string, Change>[] = [];
  const layerSizes: number[] = [];
  let state: State = new Map();
  layers.forEach((entries, layer) => {
    const { after, copies, namesHeld } = applyLayer(state, entries, layer);
    for (const [copy, names] of namesHeld) {
      const stillShown = [...after.values()].some((node) => node.copy === copy);
      if (stillShown) continue;
      const name = names.has(copy.path) ? copy.path : firstOf(names);
      const { path, content } = copy;
      hidden.push({
        path,
        layer: copy.layer,
        bytes: sizeOf(content),
        fate: fateOf(content, after.get(name)),
        hiddenBy: layer,
      });
    }
    layerSizes.push(sum(copies.map((copy) => sizeOf(copy.content))));
    changes.push(changesBetween(state, after));
    state = after;
  });
  const bytesOf = (fate: Fate): number =>
    sum(hidden.filter((copy) => copy.fate === fate).map((c) => c.bytes));
  return {
    layers: layerSizes,
    totals: {
      layerBytes: sum(layerSizes),
      liveBytes: sum([...copiesIn(state)].map((copy) => sizeOf(copy.content))),
      overwrittenBytes: bytesOf('overwritten'),
      repeatedBytes: bytesOf('repeated'),
      deletedBytes: bytesOf('deleted'),
    },
    hidden: sortHidden(hidden),
    final: state,
    changes,
  };
}

/** The fate of a copy, read off what one of its names shows once the layer has been applied. */
function fateOf(content: string, shown: Node | undefined): Fate {
  if (shown === undefined) return 'deleted';
  return shown.copy?.content === content ? 'repeated' : 'overwritten';
}

interface Applied {
  readonly after: State;
  /** The copies that this layer holds, in its order. */
  readonly copies: readonly Copy[];
  /** Every name under which a copy stood when the layer began or stood at any time while it was applied. */
  readonly namesHeld: ReadonlyMap<Copy, ReadonlySet<string>>;
}

function applyLayer(before: State, entries: readonly LayerEntry[], layer: number): Applied {
  const now = new Map(before);
  const copies: Copy[] = [];
  const namesHeld = new Map<Copy, Set<string>>();
  const hold = (path: string, node: Node): void => {
    if (node.copy === null) return;
    const names = namesHeld.get(node.copy) ?? new Set<string>();
    namesHeld.set(node.copy, names.add(path));
  };
  for (const [path, node] of before) hold(path, node);

  // A whiteout hides lower layers only, wherever it stands in the tar: so all of them go first.
  for (const { name } of entries) {
    const path = normalise(name);
    const last = baseOf(path);
    if (last === '.wh..wh..opq') removeBelow(now, parentOf(path));
    else if (isWhiteout(path) && !isBookkeeping(path)) {
      const target = join(parentOf(path), last.slice('.wh.'.length));
      removeBelow(now, target);
      now.delete(target);
    }
  }

  for (const entry of entries) {
    const path = normalise(entry.name);
    if (path === '/' || isWhiteout(path) || isBookkeeping(path)) continue;
    const node = nodeOf(entry, path, layer, now);
    if (entry.type === 'file' && node.copy !== null) copies.push(node.copy);
    for (const parent of ancestorsOf(path)) {
      if (now.get(parent)?.type !== 'directory') now.set(parent, impliedDirectory);
    }
    // A directory over a directory changes attributes only; anything else replaces what was there.
    const isDirectoryOverDirectory = node.type === 'directory' && now.get(path)?.type === 'directory';
    if (!isDirectoryOverDirectory) removeBelow(now, path);
    now.set(path, node);
    hold(path, node);
  }
  return { after: now, copies, namesHeld };
}

const impliedDirectory: Node = {
  type: 'directory',
  copy: null,
  mode: 0o755,
  uid: 0,
  gid: 0,
  mtime: null,
  link: '',
};

function nodeOf(entry: LayerEntry, path: string, layer: number, now: State): Node {
  const { mode, uid, gid, mtime } = entry;
  if (entry.type === 'hardlink') {
    // The file that the name shows at this moment of the layer.
    const target = now.get(normalise(entry.link));
    if (target === undefined) throw new Error(`hard link ${entry.name} to a name that shows nothing`);
    return target;
  }
  const copy = entry.type === 'file' ? { path, layer, content: entry.content } : null;
  return { type: entry.type, copy, mode, uid, gid, mtime, link: entry.link };
}

/** What became of every path of one file system or another. */
export function changesBetween(before: State, after: State): ReadonlyMap<string, Change> {
  const changes = new Map<string, Change>();
  for (const [path, now] of after) changes.set(path, changeOf(before.get(path), now));
  for (const [path, shows] of before) {
    if (!after.has(path)) changes.set(path, { kind: 'removed', differs: [], shows });
  }
  return changes;
}

function changeOf(old: Node | undefined, shows: Node): Change {
  if (old === undefined) return { kind: 'added', differs: [], shows };
  const sameContent = old.type === shows.type && old.copy?.content === shows.copy?.content;
  if (!sameContent) return { kind: 'content', differs: [], shows };
  const differs: Change['differs'][number][] = [];
  if (old.mode !== shows.mode) differs.push('mode');
  if (old.uid !== shows.uid || old.gid !== shows.gid) differs.push('owner');
  if (old.mtime !== null && shows.mtime !== null && old.mtime !== shows.mtime) differs.push('time');
  if (old.link !== shows.link) differs.push('link');
  return { kind: differs.length > 0 ? 'metadata' : 'unchanged', differs, shows };
}

const isWhiteout = (path: string): boolean => baseOf(path).startsWith('.wh.');
/** `.wh..wh.*` but the opaque whiteout: what old storage drivers kept for themselves, with all below it. */
const isBookkeeping = (path: string): boolean =>
  path.split('/').some((part) => part.startsWith('.wh..wh.') && part !== '.wh..wh..opq');

function removeBelow(state: Map<string, Node>, path: string): void {
  const prefix = path === '/' ? '/' : `${path}/`;
  for (const other of [...state.keys()]) if (other.startsWith(prefix)) state.delete(other);
}

/** `./a//b/`, `/a/b` and `a/b` are all `/a/b`. */
const normalise = (name: string): string =>
  `/${name
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/')}`;
const baseOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
const parentOf = (path: string): string => path.slice(0, path.lastIndexOf('/')) || '/';
const join = (parent: string, name: string): string => (parent === '/' ? `/${name}` : `${parent}/${name}`);
/** `/a` and `/a/b` for `/a/b/c`. */
const ancestorsOf = (path: string): string[] =>
  [...path.matchAll(/\//g)].flatMap(({ index }) => (index > 0 ? [path.slice(0, index)] : []));

/** Contents hold one character for each byte. */
export const sizeOf = (content: string): number => content.length;
export const copiesIn = (state: State): ReadonlySet<Copy> =>
  new Set([...state.values()].flatMap((node) => (node.copy === null ? [] : [node.copy])));
const sum = (numbers: readonly number[]): number => numbers.reduce((total, n) => total + n, 0);

/** The order of the names' bytes in UTF-8, which is not the order of JavaScript's UTF-16 units. */
export const byCodePoint = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));
const firstOf = (names: ReadonlySet<string>): string => [...names].sort(byCodePoint)[0] ?? '';

/** By path, then layer; copies of one path in one layer by what happens to them. One order, so that two lists compare. */
export const sortHidden = (hidden: readonly HiddenCopy[]): HiddenCopy[] =>
  hidden.toSorted(
    (a, b) =>
      byCodePoint(a.path, b.path) ||
      a.layer - b.layer ||
      a.hiddenBy - b.hiddenBy ||
      a.bytes - b.bytes ||
      byCodePoint(a.fate, b.fate),
  );
