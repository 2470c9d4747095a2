// The explorer's edge: what the state wants done is done here, and what comes of it is told to the state.

import { performance } from 'node:perf_hooks';
import { SeveralImages } from '../image/choice.ts';
import { messageOf, PeelError } from '../image/errors.ts';
import type { ImageSource } from '../image/source.ts';
import type { Effect } from '../state/actions.ts';
import { initialState, opening, type State } from '../state/state.ts';
import { Store } from '../ui/store.ts';
import type { Arguments } from './arguments.ts';
import { listLocalImages } from './list-local-images.ts';
import { loadImage, type LoadEvent } from './load-image.ts';
import { type DaemonRequest, openFromDaemon } from './open-daemon.ts';
import { openSample, openSource, type Request, SAMPLE } from './open-source.ts';
import { openTerminal } from './terminal.ts';
import { checkIntegrity } from './verify.ts';

/** How often a screen that waits is drawn anew, to count the seconds. */
const TICK_MS = 500;
/** Progress that comes faster than this is not shown: drawing must not slow reading down. */
const PROGRESS_MS = 100;
/** A failure within this time (no daemon, no such image) is told without a screen that opens and closes again. */
const FIRST_NEWS_MS = 250;

const FINE = 0;
const INTERRUPTED = 130;

/** Opens the full screen; resolves with the exit status when it is left. */
export async function explore(options: Arguments): Promise<number> {
  const terminal = openTerminal();
  const target = options.sample ? SAMPLE : options.target;
  const request = target === null ? null : { ...options, target };
  const session = new Session(terminal.size, request, options);
  if (request === null) void session.listImages();
  else await session.open((signal) => openSource(request, signal));
  // Where there is nothing to show, the screen does not open and close again.
  if (!session.hasLeft) await terminal.show(session.store, session.left);
  const status = session.end();
  if (options.verify) checkIntegrity(session.store.state().open?.blobs ?? []);
  return status;
}

type OpenSource = (signal: AbortSignal) => Promise<ImageSource>;

class Session {
  readonly store: Store;
  /** Resolves when the screen is to be closed. */
  readonly left: Promise<void>;
  hasLeft = false;
  private readonly leaving: PromiseWithResolvers<void> = Promise.withResolvers();
  private isInterrupted = false;
  private loading = new AbortController();
  private readonly closing = new AbortController();
  /** Whether the image that the command line named is the only one opened: when it cannot be read, nothing is left. */
  private isOnlyOne: boolean;
  /** What the command line asks for; null: nothing by name. */
  private readonly request: Request | null;
  /** What it asks of the daemon, for every image. */
  private readonly asked: DaemonRequest;

  constructor(size: State['size'], request: Request | null, asked: DaemonRequest) {
    this.asked = asked;
    this.isOnlyOne = request !== null;
    this.request = request;
    const picker = initialState(size, 'images');
    const state = request === null ? picker : opening(picker, request.target, performance.now());
    this.store = new Store(state, (effect) => this.run(effect));
    this.left = this.leaving.promise;
  }

  /** Starts to read an image; resolves when something is known of it, or after a moment. */
  async open(openSource: OpenSource): Promise<void> {
    this.loading.abort();
    this.loading = new AbortController();
    const news = new Promise<void>((resolve) => void this.read(openSource, this.loading.signal, resolve));
    await Promise.race([news, new Promise((resolve) => setTimeout(resolve, FIRST_NEWS_MS))]);
  }

  async listImages(): Promise<void> {
    const { images, problem } = await listLocalImages(this.asked, this.closing.signal);
    this.store.dispatch({ type: 'images-listed', images, problem });
  }

  /** What is left to say once the screen is closed. */
  end(): number {
    this.loading.abort();
    this.closing.abort();
    if (this.isInterrupted) return INTERRUPTED;
    const failure = this.isOnlyOne ? (this.store.state().open?.failure ?? null) : null;
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
        const { reference } = effect;
        this.isOnlyOne = false;
        void this.open((signal) =>
          reference === SAMPLE ? openSample() : openFromDaemon(reference, this.asked, signal),
        );
        return;
      }
      case 'choose': {
        const { request } = this;
        this.isOnlyOne = false;
        if (request !== null) void this.open((signal) => openSource(request, signal, effect.key));
        return;
      }
      case 'cancel':
        this.loading.abort();
        if (this.store.state().picker.place === null) void this.listImages();
        return;
      case 'list-images':
        void this.listImages();
        return;
      case 'quit':
        this.isInterrupted = effect.isInterrupted;
        this.leave();
    }
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
      await loadImage(await openSource(signal), hear, signal);
      if (signal.aborted) return;
      listener.tell();
      this.store.dispatch({ type: 'complete' });
    } catch (error) {
      if (signal.aborted) return;
      listener.tell();
      if (!this.offers(error)) this.fail(messageOf(error));
    } finally {
      clearInterval(ticking);
      onNews();
    }
  }

  /** Offers the images of an archive that holds several; false where there is nothing to choose, or to read again. */
  private offers(error: unknown): boolean {
    const place = this.request?.target ?? '-';
    if (!(error instanceof SeveralImages) || place === '-') return false;
    this.store.dispatch({ type: 'images-found', images: error.images, place });
    return true;
  }

  private fail(message: string): void {
    const nothingToShow = this.store.state().open?.facts === null;
    this.store.dispatch({ type: 'failed', message });
    if (nothingToShow && this.isOnlyOne) this.leave();
  }
}

/** Tells the state what loading tells, at a pace at which it can be drawn. */
class LoadListener {
  private readonly store: Store;
  private readonly onNews: () => void;
  /** What has come and has not been told yet. */
  private progress: Extract<LoadEvent, { type: 'progress' }> | null = null;
  private layer: Extract<LoadEvent, { type: 'layer' }> | null = null;
  private nextAt = 0;

  constructor(store: Store, onNews: () => void) {
    this.store = store;
    this.onNews = onNews;
  }

  hear(event: LoadEvent): void {
    switch (event.type) {
      case 'image':
        this.store.dispatch(event);
        this.onNews();
        return;
      case 'layer':
        this.layer = event;
        break;
      case 'progress':
        this.progress = event;
    }
    if (performance.now() >= this.nextAt) this.tell();
  }

  /** Shows how far reading is by now. Telling takes a fifth of the time at most, however large the image is. */
  tell(): void {
    const now = performance.now();
    const { progress, layer } = this;
    this.progress = null;
    this.layer = null;
    this.store.dispatch(progress === null ? { type: 'tick', now } : { ...progress, now });
    if (layer !== null) this.store.dispatch(layer);
    const end = performance.now();
    this.nextAt = end + Math.max(PROGRESS_MS, 4 * (end - now));
  }
}
