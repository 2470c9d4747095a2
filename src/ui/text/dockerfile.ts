// A layer's command as an editor would colour it: a line of a Dockerfile (docs.docker.com/reference/dockerfile), with
// what the shell makes of it where a shell runs it.

import type { Role } from '../theme.ts';
import { type Segment, segment } from './segments.ts';

/** What a shell runs, or would: elsewhere `;` and `#` are letters like others. */
const SHELL: ReadonlySet<string> = new Set(['RUN', 'CMD', 'ENTRYPOINT', 'HEALTHCHECK', 'ONBUILD']);
const OTHERS: ReadonlySet<string> = new Set([
  ...['ADD', 'ARG', 'COPY', 'ENV', 'EXPOSE', 'FROM', 'LABEL', 'MAINTAINER', 'SHELL', 'STOPSIGNAL', 'USER'],
  ...['VOLUME', 'WORKDIR'],
]);
/** These have another instruction behind them. */
const DOUBLE: ReadonlySet<string> = new Set(['ONBUILD', 'HEALTHCHECK']);

const WORD = /[A-Z]+(?=\s|$)/y;
const VARIABLE = /\$(?:\{[^{}]*\}|[A-Za-z_]\w*|[\d@*#?$!-])/y;
const FLAG = /--?[A-Za-z][\w-]*/y;
const OPERATOR = /&&|\|\||[|;&]|\\(?=\s|$)/y;
const COMMENT = /#[^\n]*/y;
const DOUBLE_QUOTED = /"(?:[^"\\]|\\[^])*"/y;
const SINGLE_QUOTED = /'[^']*'/y;

/** The pieces of a command, each with its role; their texts one after the other are the command. */
export function dockerfileSegments(command: string): Segment[] {
  const pieces = new Pieces(command);
  const name = pieces.instruction();
  if (DOUBLE.has(name)) {
    pieces.take(/\s+/y, 'plain');
    pieces.instruction();
  }
  const isShell = name === '' || SHELL.has(name);
  while (!pieces.isOver) pieces.next(isShell);
  return pieces.segments;
}

class Pieces {
  readonly segments: Segment[] = [];
  private readonly text: string;
  private at = 0;
  /** Quotes that are never closed: from the first of them on there is no string of that kind, and nothing to look for. */
  private readonly unclosed = new Set<RegExp>();

  constructor(text: string) {
    this.text = text;
  }

  get isOver(): boolean {
    return this.at >= this.text.length;
  }

  /** The instruction that stands here; empty for none. */
  instruction(): string {
    const start = this.at;
    WORD.lastIndex = start;
    const [word = ''] = WORD.exec(this.text) ?? [];
    if (!SHELL.has(word) && !OTHERS.has(word)) return '';
    this.add(word, 'instruction');
    return word;
  }

  next(isShell: boolean): void {
    const isWordStart = this.at === 0 || /\s/.test(this.text[this.at - 1] ?? '');
    const isTaken =
      this.takeQuoted('"', DOUBLE_QUOTED) ||
      this.takeQuoted("'", SINGLE_QUOTED) ||
      this.take(VARIABLE, 'variable') ||
      (isWordStart && this.take(FLAG, 'flag')) ||
      (isShell && isWordStart && this.take(COMMENT, 'comment')) ||
      (isShell && this.take(OPERATOR, 'operator'));
    if (!isTaken) this.add(this.text[this.at] ?? '', 'plain');
  }

  /** Takes what the pattern, a sticky one, finds here. */
  take(pattern: RegExp, role: Role): boolean {
    pattern.lastIndex = this.at;
    const [found = ''] = pattern.exec(this.text) ?? [];
    if (found !== '') this.add(found, role);
    return found !== '';
  }

  private takeQuoted(quote: string, pattern: RegExp): boolean {
    if (this.text[this.at] !== quote || this.unclosed.has(pattern)) return false;
    if (this.take(pattern, 'string')) return true;
    this.unclosed.add(pattern);
    return false;
  }

  private add(text: string, role: Role): void {
    this.at += text.length;
    const last = this.segments.at(-1);
    if (last?.role === role && role === 'plain')
      this.segments[this.segments.length - 1] = segment(last.text + text);
    else this.segments.push(segment(text, role));
  }
}
