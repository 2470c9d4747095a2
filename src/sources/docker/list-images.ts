import { formatId } from '../../image/format.ts';
import { isObject, numberOrNull, objects, stringOrNull, strings } from '../../image/json.ts';
import type { ListedImage } from '../../image/listed-image.ts';
import type { Daemon } from './daemon.ts';
import { inspectedPlatform } from './inspect.ts';

/** All images of a daemon, tagged or not, newest first. */
export async function listImages(daemon: Daemon, signal: AbortSignal): Promise<ListedImage[]> {
  const images = objects(await daemon.get('/images/json', signal));
  const listed = await Promise.all(
    images.map(async (image): Promise<ListedImage[]> => {
      const id = stringOrNull(image['Id']) ?? '';
      const common = {
        bytes: numberOrNull(image['Size']),
        created: numberOrNull(image['Created']),
        platform: await platformById(daemon, id, signal),
      };
      // Older daemons say <none>:<none>, newer ones leave the list out.
      const tags = strings(image['RepoTags']).filter((tag) => tag !== '<none>:<none>');
      return (tags.length > 0 ? tags : [formatId(id)]).map((reference) => ({ reference, ...common }));
    }),
  );
  return listed
    .flat()
    .sort((a, b) => (b.created ?? 0) - (a.created ?? 0) || (a.reference < b.reference ? -1 : 1));
}

/** The list does not tell platforms; inspect does. An image that has been removed meanwhile has none. */
async function platformById(daemon: Daemon, id: string, signal: AbortSignal): Promise<string | null> {
  try {
    const inspected = await daemon.get(`/images/${id}/json`, signal);
    return isObject(inspected) ? inspectedPlatform(inspected) : null;
  } catch {
    signal.throwIfAborted();
    return null;
  }
}
