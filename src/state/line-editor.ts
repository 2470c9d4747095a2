// One line of text that is typed: what is put in, what is taken out, and where its cursor stands. All prompts go by it.

/**
 * A text and its cursor: so many UTF-16 units stand behind that. They are counted from the end, where nearly everything is
 * typed: a text that comes from elsewhere has its cursor there.
 */
export interface TypedLine {
  readonly text: string;
  readonly behind: number;
}

/** Where the cursor goes: a grapheme to a side, or to an end. */
export type CaretMove = 'left' | 'right' | 'first' | 'last';

/** What is taken out beside the grapheme before the cursor: the word there, the next grapheme, all before it or behind it. */
export type Erased = 'word' | 'next' | 'before' | 'behind';

export type LineEdit =
  | { readonly type: 'typed'; readonly text: string }
  | { readonly type: 'erased'; readonly what?: Erased }
  | { readonly type: 'caret-moved'; readonly to: CaretMove };

/** UTF-16 units of a text that is typed: what a paste brings beyond them is left out. */
const MAX_UNITS = 4096;

/** The line after an edit. */
export function edited(line: TypedLine, edit: LineEdit): TypedLine {
  const { text } = line;
  const at = caretOf(line);
  switch (edit.type) {
    case 'typed':
      return between(text.slice(0, at) + fitting(edit.text, MAX_UNITS - text.length), text.slice(at));
    case 'erased':
      return without(text, at, edit.what);
    case 'caret-moved':
      return { text, behind: text.length - moved(text, at, edit.to) };
  }
}

/** UTF-16 units before the cursor. */
export function caretOf({ text, behind }: TypedLine): number {
  return text.length - Math.min(behind, text.length);
}

/** The grapheme behind the cursor; nothing at the end. */
export function graphemeAt(line: TypedLine): string {
  const at = caretOf(line);
  return line.text.slice(at, nextEdge(line.text, at));
}

const between = (before: string, after: string): TypedLine => ({
  text: (before + after).toWellFormed(),
  behind: after.length,
});

const fitting = (text: string, units: number): string => text.slice(0, Math.max(0, units));

function without(text: string, at: number, what?: Erased): TypedLine {
  const before = text.slice(0, at);
  const after = text.slice(at);
  switch (what) {
    case undefined:
      return between(text.slice(0, edgeBefore(text, at)), after);
    case 'word':
      return between(withoutWord(before), after);
    case 'next':
      return between(before, text.slice(nextEdge(text, at)));
    case 'before':
      return between('', after);
    case 'behind':
      return between(before, '');
  }
}

/** A word goes with the spaces behind it, as in a shell. */
const withoutWord = (text: string): string => text.replace(/[^ ]* *$/, '');

function moved(text: string, at: number, to: CaretMove): number {
  switch (to) {
    case 'left':
      return edgeBefore(text, at);
    case 'right':
      return nextEdge(text, at);
    case 'first':
      return 0;
    case 'last':
      return text.length;
  }
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Where the grapheme begins that ends at a place, or has it within. */
function edgeBefore(text: string, at: number): number {
  return at === 0 ? 0 : (graphemes.segment(text).containing(at - 1)?.index ?? at - 1);
}

/** Where the grapheme ends that begins at a place, or has it within. */
function nextEdge(text: string, at: number): number {
  const found = graphemes.segment(text).containing(at);
  return found === undefined ? text.length : found.index + found.segment.length;
}
