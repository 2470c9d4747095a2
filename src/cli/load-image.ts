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
            if (event.type === 'image') {
              told.image = event.image;
              stacking.expect(event.image.layers.length);
            }
            on(event);
          }
        },
        settled: () => stacking.settled(),
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
  /** Layers below this number have come, and are stacked as soon as what they have to be compared by has been read. */
  private decided = 0;
  /** Layers that `undecided` has not seen yet: as long as every file has been read, it need not. */
  private unseen: LayerEntries[] | null = [];
  /** Resolves when they are stacked; null: they are. */
  private stacking: Promise<void> | null = null;
  /** How many layers there are; until all have come, what is told of is how far those are. */
  private layerCount = Infinity;
  /** Bytes that have been compared since then, and those there were to be compared. */
  private readonly compared = { bytes: 0, total: 0 };

  constructor(source: ImageSource, tables: ImageTables, on: (event: LoadEvent) => void, signal: AbortSignal) {
    this.source = source;
    this.analysis = new Analysis(tables);
    this.undecided = new Undecided(tables);
    this.on = on;
    this.signal = AbortSignal.any([signal, this.givingUp.signal]);
  }

  /** Says how many layers there will be. */
  expect(layers: number): void {
    this.layerCount = layers;
  }

  take(layer: ReadLayer): void {
    this.waiting.set(layer.index, layer);
    for (
      let next = this.waiting.get(this.decided);
      next !== undefined;
      next = this.waiting.get(this.decided)
    ) {
      this.decided++;
      this.decide(next);
    }
    // What waits gives back its spare room; what is stacked has none of its own.
    if (this.waiting.has(layer.index)) layer.entries.trim();
  }

  /** Resolves when the layers are stacked that can be; a failure is told to who waits for all. */
  async settled(): Promise<void> {
    await this.stacking?.catch(() => undefined);
  }

  /** Resolves when everything that has come is stacked. */
  async done(): Promise<void> {
    while (this.stacking !== null) await this.stacking;
  }

  giveUp(): void {
    this.givingUp.abort();
  }

  /** Stacks a layer when those below it are, and what decides something has been read. */
  private decide(layer: ReadLayer): void {
    const wishes = this.wishesOf(layer.entries);
    if (wishes.length === 0 && this.stacking === null) {
      this.stack(layer);
      return;
    }
    // What decides something of a layer may be read while those below it are being stacked.
    const compared = wishes.length > 0 ? this.compare(wishes) : null;
    const stacking = Promise.all([compared, this.stacking]).then(() => {
      if (this.stacking === stacking) this.stacking = null;
      this.stack(layer);
    });
    this.stacking = stacking;
    // Who waits for the end is told.
    stacking.catch(() => undefined);
  }

  private compare(wishes: readonly ChecksumWish[]): Promise<void> {
    const entriesOf = (layer: number) => this.entriesOf(layer);
    const { compared } = this;
    let last = 0;
    let isCounted = false;
    return readChecksums(this.source, wishes, entriesOf, this.signal, (bytes, total) => {
      if (this.decided === this.layerCount) {
        if (!isCounted) compared.total += total - last;
        isCounted = true;
        compared.bytes += bytes - last;
        this.on({ type: 'progress', phase: 'comparing', ...compared });
      }
      last = bytes;
    });
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
