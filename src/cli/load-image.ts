import { Analysis } from '../analysis/analysis.ts';
import { PeelError } from '../image/errors.ts';
import type { ImageFacts, ImageSource, LayerBlob, SourceEvent } from '../image/source.ts';
import type { AnalysedImage } from '../report/report.ts';
import { ImageTables, LayerEntries } from '../tree/layer-entries.ts';

/** What loading tells while it goes on. */
export type LoadEvent =
  | { readonly type: 'image'; readonly image: ImageFacts }
  | Extract<SourceEvent<LayerEntries>, { type: 'progress' | 'pull' }>
  /** One more layer is in the analysis: there is a blob for each. */
  | { readonly type: 'layer'; readonly analysis: Analysis; readonly blobs: readonly LayerBlob[] };

/**
 * Reads an image from a source and stacks its layers, base first, as they come; a layer that comes early waits.
 * @throws what the source throws.
 */
export async function loadImage(
  source: ImageSource,
  on: (event: LoadEvent) => void,
  signal: AbortSignal,
): Promise<AnalysedImage> {
  const tables = new ImageTables();
  const analysis = new Analysis(tables);
  let blobs: readonly LayerBlob[] = [];
  const waiting = new Map<number, Extract<SourceEvent<LayerEntries>, { type: 'layer' }>>();
  const told: { image: ImageFacts | null } = { image: null };

  const stackWhatIsThere = () => {
    for (let next = waiting.get(blobs.length); next !== undefined; next = waiting.get(blobs.length)) {
      waiting.delete(blobs.length);
      const { digest, blobBytes, mismatches } = next;
      blobs = [...blobs, { digest, blobBytes, mismatches }];
      analysis.addLayer(next.entries);
      on({ type: 'layer', analysis, blobs });
    }
  };

  await source.index<LayerEntries>(
    {
      newLayer: () => new LayerEntries(tables),
      on: (event) => {
        if (event.type === 'layer') {
          waiting.set(event.index, event);
          stackWhatIsThere();
          if (waiting.has(event.index)) event.entries.trim();
        } else {
          if (event.type === 'image') told.image = event.image;
          on(event);
        }
      },
    },
    signal,
  );
  const { image } = told;
  if (image === null) throw new PeelError('not-an-image', 'The source told of no image.');
  return { image, analysis, blobs };
}
