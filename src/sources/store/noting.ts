import type { EntrySink } from '../../image/entry.ts';
import type { ImageFacts, IndexReader } from '../../image/source.ts';
import type { StoreError } from './store-error.ts';

/** What somebody is told of an export who only lacks a permission to go without. */
export const READABLE_AS_ROOT = 'exported; readable as root: opens without an export';

/** Why an image has been exported though its daemon's files were tried. */
export function noteOf(error: StoreError): string {
  return error.isForbidden
    ? READABLE_AS_ROOT
    : `exported, because its files cannot be read: ${error.message}`;
}

/**
 * The reader of an export that was not the first choice: the image's details say why.
 * @param note may become known while the export is read, or later; null where there is nothing to say.
 * @param told layers that have been told of already, each of which comes once.
 */
export function noting<L extends EntrySink>(
  reader: IndexReader<L>,
  note: string | Promise<string | null>,
  told: ReadonlySet<number> = new Set(),
): IndexReader<L> {
  const known: { image: ImageFacts | null; note: string | null } = { image: null, note: null };
  const tell = () => {
    if (known.image === null) return;
    const image = known.note === null ? known.image : { ...known.image, note: known.note };
    reader.on({ type: 'image', image });
  };
  if (typeof note === 'string') known.note = note;
  else {
    note
      .then((text) => {
        if (text === null) return;
        known.note = text;
        tell();
      })
      .catch(() => undefined); // why it is exported changes nothing of what it has
  }
  return {
    ...reader,
    newLayer: () => reader.newLayer(),
    on: (event) => {
      if (event.type === 'image') {
        known.image = event.image;
        tell();
      } else if (event.type !== 'layer' || !told.has(event.index)) reader.on(event);
    },
  };
}
