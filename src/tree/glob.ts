// Globs as shells and .dockerignore know them: `*` and `?` within one name, `**` across directories, `[a-z]` and
// `[!a-z]`, `{one,other}`, and a backslash before what is to be taken as it is. Names that begin with a dot are names
// like others. A bracket that is not closed is an error; what else is no part of a glob stands for itself.

import {
  A_SLASH,
  ANY,
  type CharRange,
  choice,
  literal,
  NOT_A_SLASH,
  type Pattern,
  PatternProblem,
  repeat,
  sequence,
  withoutRanges,
} from './pattern.ts';

const START: Pattern = { kind: 'start' };
const END: Pattern = { kind: 'end' };

/**
 * The pattern of a glob for whole paths, each component of which follows a slash. One without a slash is meant for
 * the last name, wherever it is; one with a slash for the whole path, with or without a slash at its beginning.
 * @throws PatternProblem for a set that is not closed.
 */
export function globPattern(glob: string): Pattern {
  const isForNames = !glob.includes('/');
  // Any number of directories, once more, is any number of directories.
  const once = glob.replace(/^\//, '').replaceAll(/(^|\/)\*\*(?:\/\*\*)+(?=\/|$)/g, '$1**');
  const body = new GlobReader(once).read();
  if (isForNames) return sequence(START, repeat(sequence(A_SLASH, NAME), 0), A_SLASH, body, END);
  return sequence(START, A_SLASH, body, END);
}

const NAME = repeat(NOT_A_SLASH, 1);
const SLASH: CharRange = [0x2f, 0x2f];

class GlobReader {
  private readonly chars: readonly string[];
  /** Where braces open that hold several texts, and the commas and closing braces that belong to them. */
  private readonly opening = new Set<number>();
  private readonly dividing = new Set<number>();
  private at = 0;

  constructor(glob: string) {
    this.chars = Array.from(glob);
    this.findBraces();
  }

  read(): Pattern {
    const parts: Pattern[] = [];
    while (this.at < this.chars.length && !this.dividing.has(this.at)) parts.push(this.next());
    return sequence(...parts);
  }

  /** In one pass beforehand: trying at each brace would take twice as long for every one that is not closed. */
  private findBraces(): void {
    const open: { start: number; commas: number[] }[] = [];
    for (let at = 0; at < this.chars.length; at++) {
      const char = this.chars[at];
      if (char === '\\') at++;
      else if (char === '[') at = Math.max(at, this.setEnd(at));
      else if (char === '{') open.push({ start: at, commas: [] });
      else if (char === ',') open.at(-1)?.commas.push(at);
      else if (char === '}') {
        const { start, commas } = open.pop() ?? { start: 0, commas: [] };
        if (commas.length === 0) continue;
        this.opening.add(start);
        for (const divider of [...commas, at]) this.dividing.add(divider);
      }
    }
  }

  /** Where the set ends that begins with a bracket; -1 where it is not closed. */
  private setEnd(start: number): number {
    const isNegated = this.chars[start + 1] === '!' || this.chars[start + 1] === '^';
    const first = start + (isNegated ? 2 : 1);
    for (let at = first; at < this.chars.length; at++) {
      if (this.chars[at] === '\\') at++;
      else if (this.chars[at] === ']' && at > first) return at;
    }
    return -1;
  }

  private peek(offset = 0): string {
    return this.chars[this.at + offset] ?? '';
  }

  private next(): Pattern {
    const char = this.peek();
    this.at++;
    switch (char) {
      case '*':
        return this.stars();
      case '?':
        return NOT_A_SLASH;
      case '[':
        return this.set();
      case '{':
        return this.opening.has(this.at - 1) ? this.braces() : literal(char);
      case '\\': {
        const escaped = this.peek();
        if (escaped !== '') this.at++;
        return literal(escaped === '' ? char : escaped);
      }
      default:
        return literal(char);
    }
  }

  /** Whether two stars stand there as a whole component. */
  private isStars(offset: number): boolean {
    const after = this.peek(offset + 2);
    return this.peek(offset) === '*' && this.peek(offset + 1) === '*' && (after === '/' || after === '');
  }

  private stars(): Pattern {
    const before = this.at === 1 ? '/' : this.peek(-2);
    if (before === '/' && this.isStars(-1)) {
      this.at++;
      if (this.peek() === '') return repeat(ANY, 0);
      this.at++;
      return repeat(sequence(NAME, A_SLASH), 0);
    }
    while (this.peek() === '*') this.at++;
    // A star alone is a name, and a name is never empty.
    const isAlone = before === '/' && (this.peek() === '/' || this.peek() === '');
    return isAlone ? NAME : repeat(NOT_A_SLASH, 0);
  }

  /** A set of characters, none of which is a slash. */
  private set(): Pattern {
    const end = this.setEnd(this.at - 1);
    if (end === -1) throw new PatternProblem('A [ is not closed; \\[ stands for itself.');
    const isNegated = this.peek() === '!' || this.peek() === '^';
    if (isNegated) this.at++;
    const ranges: CharRange[] = [];
    while (this.at < end) ranges.push(this.range());
    this.at = end + 1;
    if (isNegated) return { kind: 'none-of', ranges: [...ranges, SLASH] };
    return { kind: 'set', ranges: withoutRanges([...withoutRanges(ranges), SLASH]) };
  }

  private range(): CharRange {
    const first = this.setChar();
    if (this.peek() !== '-' || this.peek(1) === ']' || this.peek(1) === '') return [first, first];
    this.at++;
    const last = this.setChar();
    return first <= last ? [first, last] : [last, first];
  }

  private setChar(): number {
    if (this.peek() === '\\' && this.peek(1) !== '') this.at++;
    return this.chars[this.at++]?.codePointAt(0) ?? 0;
  }

  private braces(): Pattern {
    const parts = [this.read()];
    while (this.peek() === ',') {
      this.at++;
      parts.push(this.read());
    }
    this.at++;
    return choice(...parts);
  }
}
