import { Change, differenceNames } from '../tree/change.ts';
import type { ByteString } from '../image/entry.ts';
import { NOTHING } from '../tree/entries.ts';
import { Kind } from '../tree/layer-entries.ts';
import type { Analysis } from './analysis.ts';

/** What a layer did to a path, in the ledger's words where a copy of a file is concerned. */
export type LifeEvent =
  /** It was not there below, be it for the first time or again. */
  | 'added'
  /** It shows another content, or is of another type. */
  | 'overwritten'
  /** A file that is stored again with the same content: a chmod, a chown, a touch, a plain copy. */
  | 'repeated'
  /** Something without content, stored again: other permissions, owner, time, link or attributes. */
  | 'changed'
  /** The same, nothing differs. */
  | 'unchanged'
  | 'deleted';

/** What a path shows under a layer. */
export interface PathState {
  readonly kind: Kind;
  /** Permission bits with setuid, setgid and sticky: 0 to 0o7777. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Seconds since 1970; 0 where nobody has told. */
  readonly mtime: number;
  /** Payload bytes of a regular file, under a hard link's name too. */
  readonly size: number;
  /** Target of a symlink, numbers of a device; else empty. */
  readonly link: ByteString;
}

/** What one layer did to a path. */
export interface LifeRow {
  readonly layer: number;
  readonly event: LifeEvent;
  /** What differs from the state before, most telling first: `content`, `mode`, `owner` …; empty for added and deleted. */
  readonly differs: readonly string[];
  /** Null where there was nothing, or is nothing any more. */
  readonly before: PathState | null;
  readonly after: PathState | null;
  /** Payload bytes that the layer stores for the path: 0 for a hard link to another one. */
  readonly stored: number;
  /** Entry that the path shows afterwards, NOTHING where it is deleted: what its content is asked for by. */
  readonly entry: number;
}

/** The life of a path across the layers read so far, base first: a row for each layer that touched it. */
export function lifeOf({ stack }: Analysis, node: number): LifeRow[] {
  const { records, entries } = stack;
  const stateOf = (entry: number): PathState | null =>
    entry === NOTHING
      ? null
      : {
          kind: entries.kindOf(entry),
          mode: entries.modeOf(entry),
          uid: entries.uidOf(entry),
          gid: entries.gidOf(entry),
          mtime: entries.mtimeOf(entry),
          size: entries.sizeOf(entry),
          link: entries.linkOf(entry),
        };
  return records.life(node).map((record): LifeRow => {
    const entry = records.afters[record]!;
    const isFile = entries.kindOf(entry) === Kind.File;
    return {
      layer: records.layerOf(record),
      event: eventOf(records.changes[record] as Change, isFile),
      differs: differenceNames(records.differs[record]!),
      before: stateOf(records.befores[record]!),
      after: stateOf(entry),
      stored: isFile ? entries.payloadOf(entry) : 0,
      entry,
    };
  });
}

function eventOf(change: Change, isFile: boolean): LifeEvent {
  switch (change) {
    case Change.Added:
      return 'added';
    case Change.Removed:
      return 'deleted';
    case Change.Content:
      return 'overwritten';
    default:
      if (isFile) return 'repeated';
      return change === Change.Metadata ? 'changed' : 'unchanged';
  }
}
