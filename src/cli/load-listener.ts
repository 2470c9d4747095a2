import { performance } from 'node:perf_hooks';
import type { Store } from '../ui/store.ts';
import type { LoadEvent } from './load-image.ts';

/** Progress that comes faster than this is not shown: drawing must not slow reading down. */
const PROGRESS_MS = 100;

/** Tells the state what loading tells, at a pace at which it can be drawn. */
export class LoadListener {
  private readonly store: Store;
  private readonly onNews: () => void;
  /** What has come and has not been told yet. */
  private progress: Extract<LoadEvent, { type: 'progress' | 'pull' }> | null = null;
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
      case 'kept':
        // How far the source had come counts for nothing any more.
        this.progress = null;
        this.store.dispatch({ type: 'kept', now: performance.now() });
        return;
      case 'layer':
        this.layer = event;
        break;
      case 'pull':
        this.onNews();
        this.progress = event;
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
