/** What a layer does to a path, compared with all layers below (image-spec, layer.md, "Change Types"). */
export const Change = {
  None: 0,
  Added: 1,
  /** Another content, or another type. */
  Content: 2,
  /** The same content; what differs is named in `Differs`. */
  Metadata: 3,
  /** Stored again, and nothing differs. */
  Unchanged: 4,
  Removed: 5,
} as const;
export type Change = (typeof Change)[keyof typeof Change];

/** What differs between two states of a path: bits of one number. */
export const Differs = { Type: 1, Content: 2, Mode: 4, Owner: 8, Time: 16, Link: 32, Xattrs: 64 } as const;

const NAMES: readonly (readonly [bit: number, name: string])[] = [
  [Differs.Type, 'type'],
  [Differs.Content, 'content'],
  [Differs.Mode, 'mode'],
  [Differs.Owner, 'owner'],
  [Differs.Time, 'time'],
  [Differs.Link, 'link'],
  [Differs.Xattrs, 'xattrs'],
];

/** The names of the bits that are set, most telling first. */
export function differenceNames(differs: number): string[] {
  return NAMES.filter(([bit]) => (differs & bit) !== 0).map(([, name]) => name);
}

/** The change between two states of which something differs, or nothing. */
export function changeOf(differs: number): Change {
  if (differs === 0) return Change.Unchanged;
  return (differs & (Differs.Type | Differs.Content)) === 0 ? Change.Metadata : Change.Content;
}
