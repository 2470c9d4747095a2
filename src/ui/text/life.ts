import type { Analysis } from '../../analysis/analysis.ts';
import { formatBytes, formatMode } from '../../image/format.ts';
import { shown } from '../../image/text.ts';
import { Change, Differs } from '../../tree/change.ts';
import { NOTHING } from '../../tree/entries.ts';
import { hidingRecord } from '../../tree/fate.ts';
import { Kind } from '../../tree/kind.ts';
import { NO_RECORD } from '../../tree/records.ts';
import { CHANGE_ROLES, type Glyphs, type Role } from '../theme.ts';
import { type Segment, segment } from './segments.ts';

/** `drwxr-xr-x`: type and permissions as `ls -l` writes them. */
export function modeText({ stack: { entries } }: Analysis, entry: number): string {
  return TYPE_LETTERS[entries.kindOf(entry)] + formatMode(entries.modeOf(entry));
}

const TYPE_LETTERS: Readonly<Record<Kind, string>> = ['-', 'd', 'l', 'h', 'c', 'b', 'p', '?', '?', '?'];

const TYPE_NAMES: Readonly<Record<Kind, string>> = [
  'file',
  'directory',
  'symlink',
  'hard link',
  'character device',
  'block device',
  'fifo',
  '',
  '',
  '',
];

export function ownerText({ stack: { entries } }: Analysis, entry: number): string {
  return `${entries.uidOf(entry)}:${entries.gidOf(entry)}`;
}

/** What a record of a path did, in a word with its sign: `↻ repeated`. */
export function recordWords(analysis: Analysis, record: number, glyphs: Glyphs): Segment {
  const { records, entries } = analysis.stack;
  const change = records.changes[record] as Change;
  const isFile = entries.kindOf(records.afters[record] ?? NOTHING) === Kind.File;
  switch (change) {
    case Change.Added:
      return segment(`${glyphs.marks[change]} added`, CHANGE_ROLES[change]);
    case Change.Removed:
      return segment(`${glyphs.deleted} deleted`, 'removed');
    case Change.Content:
      return segment(`${glyphs.overwritten} overwritten`, 'modified');
    default:
      if (isFile) return segment(`${glyphs.repeated} repeated`, 'metadata');
      return segment(
        `${glyphs.marks[change]} ${change === Change.Metadata ? 'changed' : 'unchanged'}`,
        CHANGE_ROLES[change],
      );
  }
}

/** What differs between a record's two states, the content first: `content 839 B ▸ 880 B`, `owner 0:0 ▸ 1000:1000`. */
function differenceTexts(analysis: Analysis, record: number, glyphs: Glyphs): string[] {
  const { records, entries } = analysis.stack;
  const before = records.befores[record] ?? NOTHING;
  const after = records.afters[record] ?? NOTHING;
  const differs = records.differs[record] ?? 0;
  const pair = (name: string, text: (entry: number) => string) =>
    `${name} ${text(before)} ${glyphs.becomes} ${text(after)}`;
  const sizes = [before, after].map((entry) => formatBytes(entry === NOTHING ? 0 : entries.sizeOf(entry)));
  return [
    ...(differs & Differs.Content && !(differs & Differs.Type)
      ? [sizes[0] === sizes[1] ? 'content' : `content ${sizes.join(` ${glyphs.becomes} `)}`]
      : []),
    ...(differs & Differs.Type ? [pair('type', (entry) => TYPE_NAMES[entries.kindOf(entry)])] : []),
    ...(differs & Differs.Mode ? [pair('mode', (entry) => formatMode(entries.modeOf(entry)))] : []),
    ...(differs & Differs.Owner ? [pair('owner', (entry) => ownerText(analysis, entry))] : []),
    ...(differs & Differs.Link ? [pair('link', (entry) => shown(entries.linkOf(entry)))] : []),
    ...(differs & Differs.Xattrs ? ['xattrs'] : []),
    ...(differs & Differs.Time ? ['time'] : []),
  ];
}

/** What becomes of a path above a layer: `✗ deleted in 6`. Null when nothing worth a word does. */
export function fateWords(analysis: Analysis, node: number, layer: number, glyphs: Glyphs): Fate | null {
  const record = hidingRecord(analysis.stack, node, layer);
  if (record === NO_RECORD) return null;
  const { text, role } = recordWords(analysis, record, glyphs);
  return { sign: text.slice(0, 1), text: `${text} in ${analysis.stack.records.layerOf(record)}`, role };
}

export interface Fate {
  readonly sign: string;
  readonly text: string;
  readonly role: Role;
}

/** A path's whole life on one line: `4 added → 5 owner 0:0 ▸ 1000:1000 → 6 deleted`. */
export function lifeText(analysis: Analysis, node: number, glyphs: Glyphs): string {
  const { records } = analysis.stack;
  return records
    .life(node)
    .map((record) => {
      const what = differenceTexts(analysis, record, glyphs);
      const word = recordWords(analysis, record, glyphs).text.slice(2);
      const isMetadata = (records.changes[record] as Change) === Change.Metadata;
      return `${records.layerOf(record)} ${isMetadata ? what.join(', ') : word}`;
    })
    .join(` ${glyphs.arrow} `);
}

/** How a path came to be, or what differs from before. */
export function whatText(analysis: Analysis, record: number, glyphs: Glyphs): string {
  const { records } = analysis.stack;
  const after = records.afters[record] ?? NOTHING;
  const isNew = (records.changes[record] as Change) === Change.Added;
  if (isNew) return `${modeText(analysis, after)}  ${ownerText(analysis, after)}`;
  return differenceTexts(analysis, record, glyphs).join(', ');
}
