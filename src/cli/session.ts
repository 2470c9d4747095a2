// The explorer's edge: what the state wants done is done here, and what comes of it is told to the state.

import { performance } from 'node:perf_hooks';
import { SeveralImages } from '../image/choice.ts';
import { messageOf, PeelError } from '../image/errors.ts';
import { MissingImage, type PullOffer } from '../image/missing-image.ts';
import type { ImageSource } from '../image/source.ts';
import type { Effect } from '../state/actions.ts';
import { forgetAnswers } from '../state/memo.ts';
import { opening, type State } from '../state/state.ts';
import { Store } from '../ui/store.ts';
import { ContentFetch } from './content-fetch.ts';
import { Errands } from './errands.ts';
import { finishReading } from './finish-reading.ts';
import { listLocalImages } from './list-local-images.ts';
import type { ImageCache } from '../cache/image-cache.ts';
import { LateSource } from './late-source.ts';
import type { LoadEvent } from './load-image.ts';
import { KeptLoading } from './load-kept.ts';
import { LoadListener } from './load-listener.ts';
import type { DaemonRequest } from './open-daemon.ts';
import { openSample, type Request, SAMPLE } from './open-source.ts';
import { listedPlace, type Place, placeOf } from './places.ts';
import type { OpenTerminal } from './terminal.ts';

/** How often a screen that waits is drawn anew, to count the seconds. */
const TICK_MS = 500;
/** A failure within this time (no daemon, no such image) is told without a screen that opens and closes again. */
const FIRST_NEWS_MS = 250;

/** Exit statuses of a screen that was left. */
export const FINE = 0;
const INTERRUPTED = 130;

type OpenSource = (signal: AbortSignal) => Promise<ImageSource>;

/** The images that are opened on one screen, one after the other. */
export class Session {
  readonly store: Store;
  /** Resolves when the screen is to be closed. */
  readonly left: Promise<void>;
  hasLeft = false;
  private readonly leaving: PromiseWithResolvers<void> = Promise.withResolvers();
  private isInterrupted = false;
  private loading = new AbortController();
  /** What the open image comes from, once it has been asked. */
  private source: ImageSource | null = null;
  private readonly contents: ContentFetch;
  /** The next part of a search, while one goes on. */
  private searching: NodeJS.Immediate | undefined;
  private readonly closing = new AbortController();
  /** Whether the image that the command line named is the only one opened: when it cannot be read, nothing is left. */
  private isOnlyOne: boolean;
  /** Where the last image was opened from; null: nothing has been opened by name. */
  private place: Place | null;
  /** Which of the images there was opened last. */
  private key: string | null = null;
  /** What was offered when the image was missing, while it is being pulled. */
  private offer: PullOffer | null = null;
  /** What it asks of the daemon, for every image. */
  private readonly asked: DaemonRequest;
  private readonly cache: ImageCache | null;
  private readonly errands: Errands;
  private readonly terminal: OpenTerminal;

  /** @param picker the state of somebody who has named no image. @param cache null: images are read anew. */
  constructor(
    picker: State,
    request: Request | null,
    asked: DaemonRequest,
    terminal: OpenTerminal,
    cache: ImageCache | null,
  ) {
    this.asked = asked;
    this.cache = cache;
    this.isOnlyOne = request !== null;
    this.place = request === null ? null : placeOf(request);
    const state = request === null ? picker : opening(picker, request.target, performance.now());
    this.store = new Store(state, (effect) => this.run(effect));
    this.terminal = terminal;
    this.contents = new ContentFetch(this.store);
    this.errands = new Errands(terminal, this.store.dispatch);
    this.left = this.leaving.promise;
  }

  /** Starts to read an image; resolves when something is known of it, or after a moment. */
  async open(openSource: OpenSource): Promise<void> {
    this.loading.abort();
    this.contents.stop();
    this.errands.forget();
    this.source = null;
    forgetAnswers();
    this.loading = new AbortController();
    const news = new Promise<void>((resolve) => void this.read(openSource, this.loading.signal, resolve));
    await Promise.race([news, new Promise((resolve) => setTimeout(resolve, FIRST_NEWS_MS))]);
  }

  async listImages(): Promise<void> {
    const { images, problem } = await listLocalImages(this.asked, this.closing.signal);
    this.store.dispatch({ type: 'images-listed', images, problem });
  }

  /** Gives up whatever is under way. */
  stop(): void {
    this.loading.abort();
    this.contents.stop();
    this.errands.forget();
    clearImmediate(this.searching);
    this.closing.abort();
  }

  /** What is left to say once the screen is closed. */
  end(): number {
    if (this.isInterrupted) return INTERRUPTED;
    const { open, screen } = this.store.state();
    if (!this.isOnlyOne) return FINE;
    if (screen === 'missing' && open?.missing != null)
      throw new PeelError('no-such-image', open.missing.message);
    const failure = open?.failure ?? null;
    if (failure !== null) throw new PeelError('broken-stream', failure);
    return FINE;
  }

  private leave(): void {
    this.hasLeft = true;
    this.leaving.resolve();
  }

  private run(effect: Effect): void {
    switch (effect.type) {
      case 'open': {
        this.isOnlyOne = false;
        this.offer = null;
        const { reference } = effect;
        if (reference === SAMPLE) void this.open(() => openSample());
        else this.openPlace(listedPlace(reference, this.asked), null, false);
        return;
      }
      case 'choose':
        this.isOnlyOne = false;
        this.offer = null;
        this.openPlace(this.place, effect.key, false);
        return;
      case 'pull':
        this.openPlace(this.place, this.key, true);
        return;
      case 'cancel':
        this.loading.abort();
        if (this.store.state().picker.place === null) void this.listImages();
        return;
      case 'list-images':
        void this.listImages();
        return;
      case 'read-contents':
        void this.contents.start(this.source, effect.wanted);
        return;
      case 'extract':
      case 'page':
        this.send(effect);
        return;
      case 'complete':
        void this.errands.complete(effect);
        return;
      case 'cancel-errand':
        this.errands.cancel();
        return;
      case 'copy':
        this.errands.copy(effect);
        return;
      case 'search':
        // Keys that have been pressed meanwhile come first, and the frame that is painted in the next turn.
        clearImmediate(this.searching);
        this.searching = setImmediate(() => {
          this.searching = setImmediate(() => this.store.dispatch({ type: 'search-on' }));
        });
        return;
      case 'redraw':
        this.terminal.redraw();
        return;
      case 'quit':
        this.isInterrupted = effect.isInterrupted;
        this.leave();
    }
  }

  /** The image has been read, or nothing could be sent for. */
  private send(effect: Extract<Effect, { type: 'extract' | 'page' }>): void {
    const { source } = this;
    const analysis = this.store.state().open?.analysis ?? null;
    if (source === null || analysis === null) return;
    if (effect.type === 'extract') void this.errands.extract(effect, { source, analysis });
    else void this.errands.page(effect, { source, analysis });
  }

  private openPlace(place: Place | null, key: string | null, pull: boolean): void {
    this.place = place;
    this.key = key;
    const open = place?.open;
    if (open != null) void this.open((signal) => open(key, pull, signal));
  }

  private async read(openSource: OpenSource, signal: AbortSignal, onNews: () => void): Promise<void> {
    const listener = new LoadListener(this.store, onNews);
    const ticking = setInterval(() => {
      if (!signal.aborted) listener.tell();
    }, TICK_MS);
    const hear = (event: LoadEvent) => {
      if (!signal.aborted) listener.hear(event);
    };
    try {
      const source = new LateSource(await openSource(signal));
      if (!signal.aborted) this.source = source;
      const loading = new KeptLoading(source, this.cache);
      const loaded = await loading.load(hear, signal);
      if (signal.aborted) return;
      listener.tell();
      this.store.dispatch({ type: 'complete' });
      void finishReading({ loading, source, loaded }, this.store.dispatch, signal);
    } catch (error) {
      if (signal.aborted) return;
      listener.tell();
      if (!this.offers(error)) this.fail(messageOf(error));
    } finally {
      clearInterval(ticking);
      onNews();
    }
  }

  /** Offers what can be done about a failure: choosing, pulling. False where it is nothing but a failure. */
  private offers(error: unknown): boolean {
    const { place } = this;
    if (place?.open == null) return false;
    if (error instanceof SeveralImages) {
      const { name, isListed } = place;
      this.store.dispatch({ type: 'images-found', images: error.images, place: name, isListed });
      return true;
    }
    if (!(error instanceof MissingImage)) return false;
    this.offer = error.offer;
    this.miss(error.offer, error.message, false);
    return true;
  }

  private miss(offer: PullOffer, message: string, hasFailed: boolean): void {
    this.store.dispatch({ type: 'image-missing', offer, message, hasFailed });
  }

  private fail(message: string): void {
    const nothingToShow = this.store.state().open?.facts === null;
    if (nothingToShow && this.offer !== null) {
      // What could not be pulled may be pulled again: a registry has its bad days.
      this.miss(this.offer, message, true);
      return;
    }
    this.store.dispatch({ type: 'failed', message });
    if (nothingToShow && this.isOnlyOne) this.leave();
  }
}
