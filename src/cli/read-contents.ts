import { ContentHolder } from '../content/file-content.ts';
import type { ContentSink, ImageSource } from '../image/source.ts';
import type { WantedContent } from '../state/actions.ts';
import type { ContentLoad } from '../state/file-state.ts';

/** Progress by less than this share of a file is not told. */
const TOLD_SHARE = 0.05;

/** How often it is told how long the first bytes have been waited for. */
const TICK_MS = 1000;

/**
 * Reads stored files of an image, as much of each as a screen holds, in one pass.
 * @throws what the source throws.
 */
export async function readContents(
  source: ImageSource,
  wanted: readonly WantedContent[],
  tell: (inode: number, load: ContentLoad) => void,
  signal: AbortSignal,
): Promise<void> {
  const inodes = new Map(wanted.map(({ request, inode }) => [request, inode]));
  const requests = wanted.map(({ request }) => request);
  const startedAt = performance.now();
  const unbegun = new Set(inodes.values());
  const ticking = setInterval(() => {
    const waited = performance.now() - startedAt;
    for (const inode of unbegun) tell(inode, { kind: 'reading', share: 0, waited });
  }, TICK_MS);
  const passing = source.content(
    requests,
    (request): ContentSink => {
      const inode = inodes.get(request) ?? -1;
      unbegun.delete(inode);
      const holder = new ContentHolder(request.size);
      let told = 0;
      return {
        write(piece) {
          holder.take(piece);
          if (holder.share - told >= TOLD_SHARE) {
            told = holder.share;
            tell(inode, { kind: 'reading', share: told });
          }
          return true;
        },
        drained: () => Promise.resolve(),
        end() {
          tell(inode, { kind: 'read', content: holder.content() });
          return Promise.resolve();
        },
      };
    },
    signal,
  );
  await passing.finally(() => clearInterval(ticking));
}
