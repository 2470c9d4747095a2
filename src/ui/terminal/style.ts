// How a cell is drawn, and the shortest way from one such style to another (ECMA-48's SGR).

/** Attributes of a cell. There is one object for each style: two are equal when they are the same. */
export interface CellStyle {
  /** SGR parameters that set the colour, such as `32` or `38;5;7`; empty: the terminal's own. */
  readonly foreground: string;
  readonly background: string;
  /** Bits, one for each of `ATTRIBUTES`. */
  readonly attributes: number;
}

interface Attribute {
  readonly on: number;
  readonly off: number;
}

/** Bold and dim share what ends them. */
const ATTRIBUTES: readonly Attribute[] = [
  { on: 1, off: 22 },
  { on: 2, off: 22 },
  { on: 3, off: 23 },
  { on: 4, off: 24 },
  { on: 7, off: 27 },
  { on: 9, off: 29 },
];

/** Underlined, inverse and struck through: what shows on a blank too. */
const SHOWS_ON_BLANKS = 0b111000;

const known = new Map<string, CellStyle>();

function styleWith(foreground: string, background: string, attributes: number): CellStyle {
  const key = `${foreground}/${background}/${attributes}`;
  let style = known.get(key);
  if (style === undefined) {
    style = { foreground, background, attributes };
    known.set(key, style);
  }
  return style;
}

/** What a terminal draws with after a reset. */
export const PLAIN = styleWith('', '', 0);

/** Whether a blank in this style looks like one in the plain style. */
export function isUnseenOnBlanks({ background, attributes }: CellStyle): boolean {
  return background === '' && (attributes & SHOWS_ON_BLANKS) === 0;
}

/**
 * The style after an SGR sequence.
 * @param parameters what stands between `CSI` and `m`; those that are not known change nothing.
 */
export function styleAfter(style: CellStyle, parameters: string): CellStyle {
  let { foreground, background, attributes } = style;
  const codes = parameters.split(';');
  for (let index = 0; index < codes.length; index++) {
    const code = Number(codes[index]);
    if (code === 38 || code === 48) {
      const length = codes[index + 1] === '2' ? 5 : 3;
      const colour = codes.slice(index, index + length).join(';');
      if (code === 38) foreground = colour;
      else background = colour;
      index += length - 1;
    } else if (code === 0) {
      foreground = background = '';
      attributes = 0;
    } else if (code === 39) foreground = '';
    else if (code === 49) background = '';
    else if ((code >= 30 && code < 38) || (code >= 90 && code < 98)) foreground = `${code}`;
    else if ((code >= 40 && code < 48) || (code >= 100 && code < 108)) background = `${code}`;
    else {
      ATTRIBUTES.forEach(({ on, off }, bit) => {
        if (code === on) attributes |= 1 << bit;
        if (code === off) attributes &= ~(1 << bit);
      });
    }
  }
  return styleWith(foreground, background, attributes);
}

/** The shortest sequence that leads from one style to another; empty where they are the same. */
export function sgrBetween(from: CellStyle, to: CellStyle): string {
  if (from === to) return '';
  if (to === PLAIN) return '\u001b[m';
  // A parameter that is left out is 0, which resets.
  const fresh = `\u001b[;${setting(to, PLAIN).join(';')}m`;
  const change = `\u001b[${[...ending(from, to), ...setting(to, from)].join(';')}m`;
  return change.length <= fresh.length ? change : fresh;
}

/** Parameters that end what `to` does not have. */
function ending(from: CellStyle, to: CellStyle): (number | string)[] {
  const codes = new Set<number | string>();
  ATTRIBUTES.forEach(({ off }, bit) => {
    if ((from.attributes & ~to.attributes & (1 << bit)) !== 0) codes.add(off);
  });
  if (from.foreground !== '' && to.foreground === '') codes.add(39);
  if (from.background !== '' && to.background === '') codes.add(49);
  return [...codes];
}

/** Parameters that set what `to` has, and what was ended together with something else. */
function setting(to: CellStyle, from: CellStyle): (number | string)[] {
  const codes: (number | string)[] = [];
  ATTRIBUTES.forEach(({ on, off }, bit) => {
    if ((to.attributes & (1 << bit)) === 0) return;
    const isEndedToo = ATTRIBUTES.some(
      (other, index) => other.off === off && (from.attributes & ~to.attributes & (1 << index)) !== 0,
    );
    if ((from.attributes & (1 << bit)) === 0 || isEndedToo) codes.push(on);
  });
  if (to.foreground !== '' && to.foreground !== from.foreground) codes.push(to.foreground);
  if (to.background !== '' && to.background !== from.background) codes.push(to.background);
  return codes;
}
