import { messageOf } from '../image/errors.ts';
import type { ImageSource } from '../image/source.ts';
import type { WantedContent } from '../state/actions.ts';
import type { ContentLoad } from '../state/file-state.ts';
import type { Store } from '../ui/store.ts';
import { readContents } from './read-contents.ts';

/** Reads what is in the files that the screen shows, and tells the state. */
export class ContentFetch {
  private fetching = new AbortController();
  private readonly store: Store;

  constructor(store: Store) {
    this.store = store;
  }

  /** Whatever was being read before is not wanted any more. @param source null: there is nothing to read from yet. */
  async start(source: ImageSource | null, wanted: readonly WantedContent[]): Promise<void> {
    this.stop();
    const { signal } = (this.fetching = new AbortController());
    if (source === null || wanted.length === 0) return;
    const tell = (inode: number, load: ContentLoad) => {
      if (!signal.aborted) this.store.dispatch({ type: 'content', inode, load });
    };
    try {
      await readContents(source, wanted, tell, signal);
    } catch (error) {
      for (const { inode } of wanted) {
        const isRead = this.store.state().contents.get(inode)?.kind === 'read';
        if (!isRead) tell(inode, { kind: 'failed', message: messageOf(error) });
      }
    }
  }

  stop(): void {
    this.fetching.abort();
  }
}
