// Why the copies of a group are wasted, in one sentence.

import { differenceNames } from '../tree/change.ts';
import type { Analysis } from './analysis.ts';
import { Fate } from './ledger.ts';
import { differenceIn } from './tips.ts';
import type { WasteGroup, WasteGroups, WastePair } from './waste-groups.ts';

/** As many layers, or copies, as a sentence names. */
const NAMED = 5;

/** `deletes`, `deleted`: what a layer does to a copy, and what the copy is then. */
const DOES: Readonly<Record<Fate, string>> = ['', 'overwrites', 'repeats', 'deletes'];
export const FATE_WORDS: Readonly<Record<Fate, string>> = ['live', 'overwritten', 'repeated', 'deleted'];

/** The fate that most of a group's bytes have met. */
export function mainFate({ pairs }: WasteGroup): Fate {
  return byFate(pairs)[0]?.fate ?? Fate.Live;
}

/** Sentences that have been made: a group may have a million copies, and is drawn on every frame. */
const known = new WeakMap<WasteGroup, string>();

/** Why a group's bytes are wasted: `deletes 4 files of 0, 1 and 5: their bytes stay below`. */
export function whyText(analysis: Analysis, groups: WasteGroups, index: number): string {
  const group = groups.at(index);
  const text = known.get(group) ?? madeText(analysis, groups, index);
  known.set(group, text);
  return text;
}

function madeText(analysis: Analysis, groups: WasteGroups, index: number): string {
  const group = groups.at(index);
  switch (group.grouping) {
    case 'cause':
      return causeText(analysis, groups, index);
    case 'path':
      return pathText(group.pairs);
    case 'directory':
      return byFate(group.pairs)
        .map(
          ({ fate, pairs }) => `${FATE_WORDS[fate]} in ${layerList(pairs.map(({ hiddenBy }) => hiddenBy))}`,
        )
        .join(', ');
    case 'fate':
      return fateText(group);
  }
}

function causeText(analysis: Analysis, groups: WasteGroups, index: number): string {
  const { key, pairs } = groups.at(index);
  const fates = byFate(pairs);
  const layers = layerList(
    pairs.map(({ layer }) => layer),
    key,
  );
  const [first] = fates;
  if (fates.length !== 1 || first === undefined) {
    const parts = fates.map(({ fate, copies }) => `${DOES[fate]} ${copies}`);
    return `${parts.join(', ')} of the files of ${layers}`;
  }
  const what = `${DOES[first.fate]} ${filesText(first.copies)} of ${layers}`;
  if (first.fate === Fate.Overwritten) return what;
  if (first.fate === Fate.Deleted) return `${what}: ${first.copies === 1 ? 'its' : 'their'} bytes stay below`;
  return `${what}: ${differenceText(analysis, groups, index)}`;
}

/** What is another of repeated files than their contents. */
function differenceText(analysis: Analysis, groups: WasteGroups, index: number): string {
  const names = differenceNames(differenceIn(analysis, groups.eachCopy(index)));
  if (names.length === 0) return 'nothing differs';
  return `only the ${listed(names)} ${names.length === 1 ? 'differs' : 'differ'}`;
}

/** What became of each copy of a path, oldest first: `of 4 repeated in 5, of 5 deleted in 7`. */
function pathText(pairs: readonly WastePair[]): string {
  const oldest = pairs.toSorted((a, b) => a.layer - b.layer || a.hiddenBy - b.hiddenBy);
  const [only] = oldest;
  if (only !== undefined && oldest.length === 1) return `${FATE_WORDS[only.fate]} in ${only.hiddenBy}`;
  const named = oldest
    .slice(0, NAMED)
    .map(({ layer, fate, hiddenBy }) => `of ${layer} ${FATE_WORDS[fate]} in ${hiddenBy}`);
  const left = oldest.length - NAMED;
  return [...named, ...(left > 0 ? [`${left} more`] : [])].join(', ');
}

const CONSEQUENCE: Readonly<Record<Fate, string>> = [
  '',
  'the bytes before stay below',
  'the same bytes are stored again',
  'the bytes stay below',
];

function fateText({ key, pairs }: WasteGroup): string {
  const fate = key as Fate;
  return `${FATE_WORDS[fate]} in ${layerList(pairs.map(({ hiddenBy }) => hiddenBy))}: ${CONSEQUENCE[fate]}`;
}

interface FateSum {
  readonly fate: Fate;
  readonly pairs: readonly WastePair[];
  readonly bytes: number;
  readonly copies: number;
}

/** The fates of a group, most bytes first. */
function byFate(pairs: readonly WastePair[]): FateSum[] {
  return Array.from(
    Map.groupBy(pairs, ({ fate }) => fate),
    ([fate, ofFate]) => ({
      fate,
      pairs: ofFate,
      bytes: ofFate.reduce((sum, { bytes }) => sum + bytes, 0),
      copies: ofFate.reduce((sum, { copies }) => sum + copies, 0),
    }),
  ).sort((a, b) => b.bytes - a.bytes || a.fate - b.fate);
}

/** `0, 1 and 5`: layers, each once, base first; `itself` for the one that is spoken of. */
function layerList(layers: readonly number[], self: number | null = null): string {
  const sorted = Array.from(new Set(layers)).sort((a, b) => a - b);
  const named = sorted.slice(0, NAMED).map((layer) => (layer === self ? 'itself' : String(layer)));
  const left = sorted.length - NAMED;
  return listed(left > 0 ? [...named, `${left} more`] : named);
}

/** `a, b and c`. */
function listed(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}

const filesText = (count: number) => `${count} ${count === 1 ? 'file' : 'files'}`;
