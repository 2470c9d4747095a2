// The one syntax of filters. Terms are divided by spaces, and a path must satisfy all of them:
//
//   text            the last part of the path contains it; a text with a slash spans parts, and ends in the last one
//   *.so /usr/**    a glob: of the name, or with a slash in it of the whole path; so is any term with *, ? or [
//   glob:text       a glob, whatever is in it
//   re:^/usr/.*     a regular expression, searched in the whole path
//   >10M <=1.5KiB   files of such a size
//   is:added        what the view's layer did, what becomes of the path, or what kind of thing it is
//   -term !term     what does not satisfy the term
//   "a b"           a text as it is, spaces and signs included; "" within it is one quote; also after a prefix
//
// Small letters find capitals too, unless a term has a capital in it.

import { type FactTest, factTest, FACT_WORDS } from './facts.ts';
import { globPattern } from './glob.ts';
import { Nfa } from './nfa.ts';
import { foldingCase, type Pattern, PatternProblem, repeat, sequence } from './pattern.ts';
import { regexPattern } from './regex.ts';

/** A term that is asked of paths alone, whatever a layer does to them. */
export type PathTerm =
  | { readonly kind: 'text'; readonly text: string; readonly isNegated: boolean }
  | { readonly kind: 'pattern'; readonly nfa: Nfa; readonly isNegated: boolean };

/** What is searched for. Both lists empty: everything. */
export interface Query {
  readonly paths: readonly PathTerm[];
  readonly facts: readonly FactTest[];
}

export type Parsed =
  /** `hint` says how a term could go on that is not complete; until then it is left out of the query. */
  | { readonly kind: 'query'; readonly query: Query; readonly hint: string | null }
  /** What is wrong, in one sentence. */
  | { readonly kind: 'problem'; readonly problem: string };

/** Units of a filter's text: more than anybody types. */
const MAX_UNITS = 1000;

export function isEmpty({ paths, facts }: Query): boolean {
  return paths.length === 0 && facts.length === 0;
}

/** Reads a filter as it has been typed so far. */
export function parseQuery(text: string): Parsed {
  if (text.length > MAX_UNITS) return problem(`A filter has at most ${MAX_UNITS} characters.`);
  const paths: PathTerm[] = [];
  const facts: FactTest[] = [];
  let hint: string | null = null;
  for (const term of termsOf(text)) {
    const read = readTerm(term);
    if (typeof read === 'function') facts.push(read);
    else if (read.kind === 'problem') return read;
    else if (read.kind === 'incomplete') hint = read.hint;
    else paths.push(read);
  }
  return { kind: 'query', query: { paths, facts }, hint };
}

function problem(text: string): { readonly kind: 'problem'; readonly problem: string } {
  return { kind: 'problem', problem: text };
}

interface Incomplete {
  readonly kind: 'incomplete';
  readonly hint: string | null;
}

const incomplete = (hint: string | null): Incomplete => ({ kind: 'incomplete', hint });

/** A term as it stands between spaces. */
interface RawTerm {
  readonly isNegated: boolean;
  /** `re`, `glob`, `is`, or nothing. */
  readonly prefix: string;
  readonly text: string;
  readonly isQuoted: boolean;
}

/** A sign, a prefix, then a text in quotes (as far as it goes) or up to the next space. */
const TERM = /\s*([-!]?)(?:(re|glob|is):)?(?:"((?:[^"]|"")*)"?|([^\s]*))/y;

function termsOf(text: string): RawTerm[] {
  const terms: RawTerm[] = [];
  TERM.lastIndex = 0;
  while (TERM.lastIndex < text.trimEnd().length) {
    const [, sign, prefix = '', quoted, bare = ''] = TERM.exec(text) ?? [];
    const isQuoted = quoted !== undefined;
    terms.push({ isNegated: sign !== '', prefix, text: quoted?.replaceAll('""', '"') ?? bare, isQuoted });
  }
  return terms;
}

type ReadTerm = PathTerm | FactTest | Incomplete | ReturnType<typeof problem>;

function readTerm({ isNegated, prefix, text, isQuoted }: RawTerm): ReadTerm {
  if (prefix === 'is') return factOf(text.toLowerCase(), isNegated);
  if (prefix === 're') return patternTerm(text, isNegated, searching);
  if (prefix === 'glob') return patternTerm(text, isNegated, globPattern);
  if (text === '') return incomplete(null);
  if (isQuoted) return { kind: 'text', text, isNegated };
  if (/^(?:[<>]|=\d)/.test(text)) return sizeOf(text, isNegated);
  if (/[*?[]/.test(text)) return patternTerm(text, isNegated, globPattern);
  return { kind: 'text', text, isNegated };
}

function patternTerm(
  source: string,
  isNegated: boolean,
  read: (source: string) => Pattern,
): PathTerm | Incomplete | ReturnType<typeof problem> {
  if (source === '') return incomplete(null);
  try {
    const pattern = read(source);
    return { kind: 'pattern', nfa: new Nfa(hasCapital(source) ? pattern : foldingCase(pattern)), isNegated };
  } catch (error) {
    if (error instanceof PatternProblem) return problem(error.message);
    throw error;
  }
}

/** A path matches where it contains what the expression says, at whatever place. */
function searching(source: string): Pattern {
  return sequence(repeat({ kind: 'byte', first: 0, last: 0xff }, 0), regexPattern(source));
}

/** What stands after a backslash is no letter of a name. */
function hasCapital(source: string): boolean {
  return /[A-Z]/.test(source.replaceAll(/\\./gs, ''));
}

function factOf(word: string, isNegated: boolean): FactTest | Incomplete | ReturnType<typeof problem> {
  const test = factTest(word);
  if (test !== null) return isNegated ? (fact) => !test(fact) : test;
  const going = FACT_WORDS.filter((known) => known.startsWith(word));
  return going.length > 0
    ? incomplete(`is: ${going.join(' ')}`)
    : problem(`is: takes ${FACT_WORDS.join(', ')}; not ${word}.`);
}

const UNITS: Readonly<Record<string, number>> = { '': 1, k: 1e3, m: 1e6, g: 1e9, t: 1e12 };
const BINARY_UNITS: Readonly<Record<string, number>> = { k: 2 ** 10, m: 2 ** 20, g: 2 ** 30, t: 2 ** 40 };

/** `>10M`, in powers of 1000; with an i (`MiB`) in powers of 1024. Directories have no size of their own. */
function sizeOf(text: string, isNegated: boolean): FactTest | Incomplete | ReturnType<typeof problem> {
  const [, sign = '', number, unit = '', binary = ''] =
    /^(>=|<=|>|<|=)(?:(\d+(?:\.\d+)?)([kmgt]?)(i?)b?)?$/i.exec(text) ?? [];
  if (/^[<>]=?$/.test(text)) return incomplete('a size: 10M, 1.5k, 2GiB');
  const factor = (binary === '' ? UNITS : BINARY_UNITS)[unit.toLowerCase()];
  if (number === undefined || factor === undefined)
    return problem(`Write a size as >10M, <=1.5k or >1GiB, not ${text}.`);
  const bytes = Number(number) * factor;
  return ({ size }) => (size !== null && compares(size, sign, bytes)) !== isNegated;
}

function compares(size: number, sign: string, bytes: number): boolean {
  switch (sign) {
    case '>':
      return size > bytes;
    case '>=':
      return size >= bytes;
    case '<':
      return size < bytes;
    case '<=':
      return size <= bytes;
    default:
      return size === bytes;
  }
}
