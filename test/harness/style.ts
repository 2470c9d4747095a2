import type { IBufferCell } from '@xterm/headless';

/** How one cell is drawn. Colours: `default`, one of the sixteen names, `palette 17` or `#rrggbb`. */
export interface CellStyle {
  readonly fg: string;
  readonly bg: string;
  readonly bold: boolean;
  readonly dim: boolean;
  readonly italic: boolean;
  readonly underline: boolean;
  readonly inverse: boolean;
  readonly strikethrough: boolean;
}

const eight = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'];
const sixteen = [...eight, ...eight.map((name) => `bright ${name}`)];

/**
 * Reads the style of a cell of the terminal's buffer; a cell that was never written has the default one. An empty cell
 * has no weight and no slant, and no colour unless something of it is drawn: nobody could see them.
 */
export function styleOf(cell: IBufferCell | undefined): CellStyle {
  const isEmpty = (cell?.getChars() ?? '').trim() === '';
  const lines = [cell?.isInverse(), cell?.isUnderline(), cell?.isStrikethrough()];
  const isDrawn = !isEmpty || lines.some(Boolean);
  return {
    fg: cell && isDrawn ? colour(cell.isFgDefault(), cell.isFgRGB(), cell.getFgColor()) : 'default',
    bg: cell ? colour(cell.isBgDefault(), cell.isBgRGB(), cell.getBgColor()) : 'default',
    bold: !isEmpty && Boolean(cell?.isBold()),
    dim: !isEmpty && Boolean(cell?.isDim()),
    italic: !isEmpty && Boolean(cell?.isItalic()),
    underline: Boolean(cell?.isUnderline()),
    inverse: Boolean(cell?.isInverse()),
    strikethrough: Boolean(cell?.isStrikethrough()),
  };
}

function colour(isDefault: boolean, isRgb: boolean, value: number): string {
  if (isDefault) return 'default';
  if (isRgb) return `#${value.toString(16).padStart(6, '0')}`;
  return sixteen[value] ?? `palette ${value}`;
}

/** A style in words, `bold green on black`, and `plain` for none. */
export function describeStyle(style: CellStyle): string {
  const words = (['bold', 'dim', 'italic', 'underline', 'inverse', 'strikethrough'] as const).filter(
    (attribute) => style[attribute],
  );
  const colours = [
    ...(style.fg === 'default' ? [] : [style.fg]),
    ...(style.bg === 'default' ? [] : [`on ${style.bg}`]),
  ];
  return [...words, ...colours].join(' ') || 'plain';
}

/** Letters that say what they stand for; every other style of a screen takes the next digit. */
const letters: Readonly<Record<string, string>> = {
  plain: '.',
  bold: 'B',
  dim: '-',
  inverse: '#',
  'bold inverse': '@',
  underline: '_',
  red: 'r',
  green: 'g',
  yellow: 'y',
  blue: 'b',
  magenta: 'm',
  cyan: 'c',
  white: 'w',
  'bright black': 'k',
};

/**
 * Draws styles as one letter a cell with a legend of those that occur, so that a golden screen shows its colours.
 * @param rows the styles of each row's cells, left to right.
 * @returns `map`: one right-trimmed line a row (plain cells at the end left out); `legend`: lines `g green`.
 */
export function drawStyles(rows: readonly (readonly CellStyle[])[]): { map: string[]; legend: string[] } {
  const used = new Map<string, string>();
  let digit = 0;
  const map = rows.map((row) =>
    row
      .map((style) => {
        const words = describeStyle(style);
        let letter = used.get(words);
        if (letter === undefined) {
          letter = letters[words] ?? (digit++).toString(36);
          used.set(words, letter);
        }
        return letter;
      })
      .join('')
      .replace(/\.+$/, ''),
  );
  return { map, legend: [...used].map(([words, letter]) => `${letter} ${words}`) };
}
