import { Analysis } from '../analysis/analysis.ts';
import { PeelError } from '../image/errors.ts';
import type { ChecksumWish, ImageFacts, ImageSource, LayerBlob, SourceEvent } from '../image/source.ts';
import type { AnalysedImage } from '../report/report.ts';
import { ImageTables, LayerEntries } from '../tree/layer-entries.ts';
import { Undecided } from '../tree/undecided.ts';
import { readChecksums } from './read-checksums.ts';

/** What loading tells while it goes on. */
export type LoadEvent =
  | { readonly type: 'image'; readonly image: ImageFacts }
  /** All layers have been read. Files are compared whose content decides something, so many bytes in all. */
  | {
      readonly type: 'progress';
      readonly phase: 'comparing';
      readonly bytes: number;
      readonly total: number;
    }
  | Extract<SourceEvent<LayerEntries>, { type: 'progress' | 'pull' }>
  /** The image was kept: what comes of it from here on comes from there. */
  | { readonly type: 'kept' }
  /** More layers are in the analysis: there is a blob for each. */
  | { readonly type: 'layer'; readonly analysis: Analysis; readonly blobs: readonly LayerBlob[] };

/** A layer that has been read. */
type ReadLayer = Extract<SourceEvent<LayerEntries>, { type: 'layer' }>;

/**
 * Reads an image from a source and stacks its layers, base first, as they come; a layer that comes early waits.
 * Where the source has left contents unread, those that decide something are read before their layer is stacked.
 * @param wantsChecksums whether more than those are wanted afterwards: a report tells of duplicates.
 * @throws what the source throws.
 */
export async function loadImage(
  source: ImageSource,
  on: (event: LoadEvent) => void,
  signal: AbortSignal,
  wantsChecksums = false,
): Promise<AnalysedImage> {
  const tables = new ImageTables();
  const stacking = new Stacking(source, tables, on, signal);
  const told: { image: ImageFacts | null } = { image: null };
  try {
    await source.index<LayerEntries>(
      {
        newLayer: () => new LayerEntries(tables),
        wantsChecksums,
        on: (event) => {
          if (event.type === 'layer') stacking.take(event);
          else {
            if (event.type === 'image') told.image = event.image;
            on(event);
          }
        },
      },
      signal,
    );
  } catch (error) {
    stacking.giveUp();
    throw error;
  }
  const { image } = told;
  if (image === null) throw new PeelError('not-an-image', 'The source told of no image.');
  await stacking.done();
  return { image, analysis: stacking.analysis, blobs: stacking.blobs };
}

class Stacking {
  readonly analysis: Analysis;
  blobs: readonly LayerBlob[] = [];

  private readonly source: ImageSource;
  private readonly on: (event: LoadEvent) => void;
  private readonly signal: AbortSignal;
  private readonly givingUp = new AbortController();
  private readonly undecided: Undecided;
  /** Layers that have come, but for those that are stacked, by their numbers. */
  private readonly waiting = new Map<number, ReadLayer>();
  /** Layers that `undecided` has not seen yet: as long as every file has been read, it need not. */
  private unseen: LayerEntries[] | null = [];
  private deciding: Promise<void> | null = null;
  /** Whether all layers have come: until then what is told of is how far those are. */
  private isRead = false;

  constructor(source: ImageSource, tables: ImageTables, on: (event: LoadEvent) => void, signal: AbortSignal) {
    this.source = source;
    this.analysis = new Analysis(tables);
    this.undecided = new Undecided(tables);
    this.on = on;
    this.signal = AbortSignal.any([signal, this.givingUp.signal]);
  }

  take(layer: ReadLayer): void {
    this.waiting.set(layer.index, layer);
    if (this.deciding === null) this.stackWhatIsThere();
    // What waits gives back its spare room; what is stacked has none of its own.
    if (this.waiting.has(layer.index)) layer.entries.trim();
  }

  /** Resolves when everything that has come is stacked. */
  async done(): Promise<void> {
    this.isRead = true;
    while (this.deciding !== null) await this.deciding;
  }

  giveUp(): void {
    this.givingUp.abort();
  }

  private stackWhatIsThere(): void {
    for (let next = this.next(); next !== undefined; next = this.next()) {
      const layer = next;
      const wishes = this.wishesOf(layer.entries);
      if (wishes.length > 0) {
        this.deciding = this.compare(wishes).then(() => {
          this.deciding = null;
          this.stack(layer);
          this.stackWhatIsThere();
        });
        // Who waits for the end is told.
        this.deciding.catch(() => undefined);
        return;
      }
      this.stack(layer);
    }
  }

  private compare(wishes: readonly ChecksumWish[]): Promise<void> {
    const entriesOf = (layer: number) => this.entriesOf(layer);
    return readChecksums(this.source, wishes, entriesOf, this.signal, (bytes, total) => {
      if (this.isRead) this.on({ type: 'progress', phase: 'comparing', bytes, total });
    });
  }

  private next(): ReadLayer | undefined {
    return this.waiting.get(this.blobs.length);
  }

  private wishesOf(entries: LayerEntries): readonly ChecksumWish[] {
    if (this.source.checksums === undefined) return [];
    if (this.unseen !== null) {
      this.unseen.push(entries);
      if (entries.unread === 0) return [];
    }
    const layers = this.unseen ?? [entries];
    this.unseen = null;
    return layers.flatMap((layer) => this.undecided.add(layer));
  }

  /** Of a layer that is stacked, or next. */
  private entriesOf(layer: number): LayerEntries | undefined {
    return this.analysis.stack.entries.layers[layer] ?? this.waiting.get(layer)?.entries;
  }

  private stack({ index, entries, digest, blobBytes, mismatches }: ReadLayer): void {
    this.waiting.delete(index);
    this.blobs = [...this.blobs, { digest, blobBytes, mismatches }];
    this.analysis.addLayer(entries);
    this.on({ type: 'layer', analysis: this.analysis, blobs: this.blobs });
  }
}
