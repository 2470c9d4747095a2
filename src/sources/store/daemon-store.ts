import { access, constants } from 'node:fs/promises';
import { join } from 'node:path';
import { isObject, stringOrNull } from '../../image/json.ts';
import type { Platform } from '../../image/platform.ts';
import type { FoundInDaemon } from '../docker/find-image.ts';
import { isContainerd } from '../docker/identity.ts';
import { blobImage } from './blob-image.ts';
import { readContainersStorage } from './containers-storage.ts';
import { contentStores, readContentStore } from './content-store.ts';
import { type GraphStore, readGraphStore } from './graph-store.ts';
import { splitImage } from './split-image.ts';
import { StoreError, storeError } from './store-error.ts';
import type { StoredImage } from './stored-image.ts';

/** Where a daemon keeps its images, as it says itself. */
export interface DaemonStore extends GraphStore {
  /** Whether that is containerd's store. */
  readonly isContainerd: boolean;
  /** Whether Docker's export would call a layer by its diff ID (from 25 on: image-spec's layout). */
  readonly namesBlobs: boolean;
}

/** What is asked of an image besides its entries. */
export interface StoreWish {
  readonly platform: Platform | null;
  /** Whether digests are reckoned, where whole layers are kept. */
  readonly verifies: boolean;
}

/** The first Docker whose exports are image layouts. */
const LAYOUT_RELEASE = 25;

/** Reads the answer to `/info`; null when it does not say where images are. */
export function parseStore(info: unknown): DaemonStore | null {
  if (!isObject(info)) return null;
  const [root, driver] = [stringOrNull(info['DockerRootDir']), stringOrNull(info['Driver'])];
  if (root === null || driver === null) return null;
  const release = Number.parseInt(stringOrNull(info['ServerVersion']) ?? '', 10);
  return { root, driver, isContainerd: isContainerd(info), namesBlobs: release >= LAYOUT_RELEASE };
}

/**
 * An image as the daemon's own files tell it, whichever daemon it is.
 * @throws StoreError when they cannot be read; PeelError when they hold what they should not.
 */
export async function openStore(
  store: DaemonStore,
  { inspected }: FoundInDaemon,
  { platform, verifies }: StoreWish,
  signal: AbortSignal,
): Promise<StoredImage> {
  const { id, digest, config } = inspected;
  if (store.isContainerd) {
    const content = await readContentStore(contentStores(store.root), digest ?? id, signal);
    return blobImage(content, { platform, usual: config.platform, verifies });
  }
  try {
    return await splitImage(id, await readGraphStore(store, id), store.namesBlobs);
  } catch (error) {
    if (!(error instanceof StoreError) || !error.isMissing) throw error;
    // Podman's archives call layers by their diff IDs.
    const podman = readContainersStorage(store, id).then((image) => splitImage(id, image, true));
    return podman.catch((other: unknown) => {
      throw other instanceof StoreError && other.isMissing ? error : other;
    });
  }
}

/**
 * Whether nothing but a permission is in the way of a store's files.
 * @param store null: a daemon that does not say where they are.
 */
export async function isForbidden(store: DaemonStore | null): Promise<boolean> {
  if (store === null) return false;
  const places = store.isContainerd
    ? contentStores(store.root).map((folder) => join(folder, 'blobs'))
    : [join(store.root, 'image', store.driver), join(store.root, `${store.driver}-images`)];
  const failures = await Promise.all(
    places.map((place) =>
      access(place, constants.R_OK | constants.X_OK).then(
        () => null,
        (error: unknown) => storeError(place, error),
      ),
    ),
  );
  return failures.some((failure) => failure?.isForbidden === true);
}
