// Regular expressions in JavaScript's syntax, as far as an automaton can read them: all but what looks ahead or back
// (assertions other than ^ and $, references to groups) and properties of characters.

import {
  ANY,
  type CharRange,
  choice,
  literal,
  type Pattern,
  PatternProblem,
  repeat,
  sequence,
  withoutRanges,
} from './pattern.ts';

/**
 * The pattern of a regular expression. `.` is any character, for names may hold line ends.
 * @throws PatternProblem when it is none, or looks ahead or back.
 */
export function regexPattern(source: string): Pattern {
  return new RegexReader(source).read();
}

const DIGITS: readonly CharRange[] = [[0x30, 0x39]];
const WORD: readonly CharRange[] = [
  [0x30, 0x39],
  [0x41, 0x5a],
  [0x5f, 0x5f],
  [0x61, 0x7a],
];
const SPACE: readonly CharRange[] = [
  [0x09, 0x0d],
  [0x20, 0x20],
  [0xa0, 0xa0],
  [0x1680, 0x1680],
  [0x2000, 0x200a],
  [0x2028, 0x2029],
  [0x202f, 0x202f],
  [0x205f, 0x205f],
  [0x3000, 0x3000],
  [0xfeff, 0xfeff],
];
const CLASSES: Readonly<Record<string, readonly CharRange[]>> = {
  d: DIGITS,
  D: withoutRanges(DIGITS),
  w: WORD,
  W: withoutRanges(WORD),
  s: SPACE,
  S: withoutRanges(SPACE),
};
const CONTROLS: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9, f: 12, v: 11, 0: 0 };

class RegexReader {
  private readonly chars: readonly string[];
  private at = 0;

  constructor(source: string) {
    this.chars = Array.from(source);
  }

  read(): Pattern {
    const pattern = this.choices();
    if (this.peek() === ')') throw new PatternProblem('A ) has no ( before it.');
    return pattern;
  }

  private peek(offset = 0): string {
    return this.chars[this.at + offset] ?? '';
  }

  private take(): string {
    return this.chars[this.at++] ?? '';
  }

  private choices(): Pattern {
    const parts = [this.terms()];
    while (this.peek() === '|') {
      this.at++;
      parts.push(this.terms());
    }
    return parts.length === 1 ? (parts[0] ?? sequence()) : choice(...parts);
  }

  private terms(): Pattern {
    const parts: Pattern[] = [];
    while (this.at < this.chars.length && this.peek() !== '|' && this.peek() !== ')') {
      parts.push(this.quantified(this.atom()));
    }
    return sequence(...parts);
  }

  private quantified(part: Pattern): Pattern {
    const bounds = this.bounds();
    if (bounds === null) return part;
    // Greedy or lazy: whether a path matches is the same.
    if (this.peek() === '?') this.at++;
    const [min, max] = bounds;
    if (min > max) throw new PatternProblem(`{${min},${max}} is no count: the second is the larger one.`);
    return repeat(part, min, max);
  }

  private bounds(): readonly [number, number] | null {
    const known = { '*': [0, Infinity], '+': [1, Infinity], '?': [0, 1] } as const;
    const sign = this.peek();
    if (sign === '*' || sign === '+' || sign === '?') {
      this.at++;
      return known[sign];
    }
    if (sign !== '{') return null;
    const counted = /^\{(\d{1,4})(,?)(\d{0,4})\}/.exec(this.chars.slice(this.at, this.at + 11).join(''));
    if (counted === null) return null;
    const [text, min = '0', comma, max = ''] = counted;
    if (comma === '' && max !== '') return null;
    this.at += text.length;
    return [Number(min), comma === '' ? Number(min) : max === '' ? Infinity : Number(max)];
  }

  private atom(): Pattern {
    const char = this.take();
    switch (char) {
      case '(':
        return this.group();
      case '[':
        return this.set();
      case '.':
        return ANY;
      case '^':
        return { kind: 'start' };
      case '$':
        return { kind: 'end' };
      case '\\':
        return this.escape();
      case '*':
      case '+':
      case '?':
        throw new PatternProblem(`There is nothing before ${char} to repeat.`);
      default:
        return literal(char);
    }
  }

  private group(): Pattern {
    if (this.peek() === '?') {
      const isNamed = this.peek(1) === '<' && this.peek(2) !== '=' && this.peek(2) !== '!';
      if (this.peek(1) !== ':' && !isNamed)
        throw new PatternProblem('Groups that look ahead or back, or set flags, are not known here.');
      while (isNamed && this.peek() !== '>' && this.peek() !== '') this.at++;
      this.at += isNamed ? 1 : 2;
    }
    const pattern = this.choices();
    if (this.take() !== ')') throw new PatternProblem('A ( is not closed.');
    return pattern;
  }

  private escape(): Pattern {
    const char = this.peek();
    if (char >= '1' && char <= '9') throw new PatternProblem('References to groups are not known here.');
    const byte = /^x([89a-f][0-9a-f])/i.exec(this.chars.slice(this.at, this.at + 3).join(''))?.[1];
    if (byte === undefined) return { kind: 'set', ranges: this.escapedRanges() };
    // As the screen shows a byte that is no character; what is one is written as \u{..}.
    this.at += 3;
    const value = Number.parseInt(byte, 16);
    return { kind: 'byte', first: value, last: value };
  }

  /** What stands after a backslash. */
  private escapedRanges(): readonly CharRange[] {
    const char = this.take();
    const known = CLASSES[char];
    if (known !== undefined) return known;
    const code = CONTROLS[char] ?? this.hexCode(char);
    if (code !== null) return [[code, code]];
    if (char === '') throw new PatternProblem('A \\ stands at the end.');
    if (/[a-z0-9]/i.test(char)) throw new PatternProblem(`\\${char} is not known here.`);
    const plain = char.codePointAt(0) ?? 0;
    return [[plain, plain]];
  }

  private hexCode(char: string): number | null {
    if (char !== 'x' && char !== 'u') return null;
    const shape = char === 'x' ? /^[0-9a-f]{2}/i : /^(?:[0-9a-f]{4}|\{[0-9a-f]{1,6}\})/i;
    const digits = shape.exec(this.chars.slice(this.at, this.at + 8).join(''))?.[0];
    const code = Number.parseInt(digits?.replace('{', '') ?? '', 16);
    if (digits === undefined || code > 0x10ffff)
      throw new PatternProblem(`\\${char} is followed by no character's number.`);
    this.at += digits.length;
    return code;
  }

  private set(): Pattern {
    const isNegated = this.peek() === '^';
    if (isNegated) this.at++;
    const ranges: CharRange[] = [];
    while (this.peek() !== ']') {
      if (this.at >= this.chars.length) throw new PatternProblem('A [ is not closed.');
      ranges.push(...this.setRanges());
    }
    this.at++;
    return isNegated ? { kind: 'none-of', ranges } : { kind: 'set', ranges };
  }

  private setRanges(): readonly CharRange[] {
    const first = this.setPart();
    if (this.peek() !== '-' || this.peek(1) === ']' || this.peek(1) === '') return first;
    this.at++;
    const last = this.setPart();
    const [from, to] = [first[0]?.[0] ?? 0, last[0]?.[0] ?? 0];
    const isRange = first.length === 1 && last.length === 1 && first[0]?.[1] === from && last[0]?.[1] === to;
    if (!isRange || from > to) throw new PatternProblem('A range in [ ] runs backwards, or has no end.');
    return [[from, to]];
  }

  private setPart(): readonly CharRange[] {
    const char = this.take();
    if (char === '\\') return this.escapedRanges();
    const code = char.codePointAt(0) ?? 0;
    return [[code, code]];
  }
}
