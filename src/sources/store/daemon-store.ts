import { isObject, stringOrNull } from '../../image/json.ts';
import { type GraphStore, readGraphStore, type StoredImage } from './graph-store.ts';
import { readContainersStorage } from './containers-storage.ts';
import { StoreError } from './store-error.ts';

/** Where a daemon keeps its images, as it says itself. */
export interface DaemonStore extends GraphStore {
  /** Whether its export would call a layer by its diff ID (Docker from 25 on: image-spec's layout). */
  readonly namesBlobs: boolean;
}

/** The first Docker whose exports are image layouts. */
const LAYOUT_RELEASE = 25;

/** Reads the answer to `/info`; null when it does not say where images are. */
export function parseStore(info: unknown): DaemonStore | null {
  if (!isObject(info)) return null;
  const [root, driver] = [stringOrNull(info['DockerRootDir']), stringOrNull(info['Driver'])];
  if (root === null || driver === null) return null;
  const release = Number.parseInt(stringOrNull(info['ServerVersion']) ?? '', 10);
  return { root, driver, namesBlobs: release >= LAYOUT_RELEASE };
}

/**
 * An image as the daemon's own files tell it, whichever daemon it is.
 * @throws StoreError when they cannot be read, or are kept otherwise (containerd).
 */
export async function readStore(store: DaemonStore, id: string): Promise<StoredImage> {
  try {
    return await readGraphStore(store, id);
  } catch (error) {
    if (!(error instanceof StoreError) || !error.isMissing) throw error;
    return readContainersStorage(store, id).catch((other: unknown) => {
      throw other instanceof StoreError && other.isMissing ? error : other;
    });
  }
}
