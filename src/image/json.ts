import { PeelError } from './errors.ts';

/** A JSON object of unknown shape: what a daemon or an archive hands over before it has been looked at. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Real documents nest under ten deep, attestations under twenty. */
const MAX_JSON_DEPTH = 128;

/** Values of one document: each takes up to some hundred bytes once it has been parsed, however little it took as text. */
const MAX_JSON_VALUES = 1024 * 1024;

/**
 * @throws PeelError `not-an-image` when the text is no JSON, `hostile` when it is made to fill the memory; `what`
 * names it in the message.
 */
export function parseJson(text: string, what: string): unknown {
  checkShape(text, what);
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new PeelError('not-an-image', `${what} is not JSON.`, { cause });
  }
}

/** Counts brackets and commas outside of strings: what a parser would make of the text, before it does. */
function checkShape(text: string, what: string): void {
  let depth = 0;
  let values = 1;
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case QUOTE:
        at = stringEnd(text, at);
        break;
      case COMMA:
        values++;
        break;
      case OPEN_ARRAY:
      case OPEN_OBJECT:
        values++;
        if (++depth > MAX_JSON_DEPTH)
          throw new PeelError('hostile', `${what} is JSON nested deeper than ${MAX_JSON_DEPTH}.`);
        break;
      case CLOSE_ARRAY:
      case CLOSE_OBJECT:
        depth--;
    }
  }
  if (values > MAX_JSON_VALUES)
    throw new PeelError('hostile', `${what} is JSON of more than ${MAX_JSON_VALUES} values.`);
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const OPEN_ARRAY = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/** Place of the quote that ends the string which begins at `start`, or the text's end. */
function stringEnd(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === BACKSLASH) at++;
    else if (unit === QUOTE) return at;
  }
  return text.length;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function stringOrNull(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

export function numberOrNull(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

/** The strings of an array; empty for anything else. */
export function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}

/** The objects of an array; empty for anything else. */
export function objects(value: unknown): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}
