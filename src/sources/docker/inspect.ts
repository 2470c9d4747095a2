import { containerConfigOf, type ImageConfig } from '../../image/config.ts';
import { PeelError } from '../../image/errors.ts';
import { type DaemonHistoryEntry, guessEmptySteps, withComment } from '../../image/history.ts';
import { isObject, type JsonObject, numberOrNull, objects, stringOrNull, strings } from '../../image/json.ts';
import { formatPlatform, type Platform, platformOf } from '../../image/platform.ts';
import { familiarName } from '../../image/reference.ts';

/** What a daemon tells of an image without exporting it. */
export interface Inspected {
  /** As the daemon numbers its images: a config digest, or with the containerd store a manifest's. */
  readonly id: string;
  /** The first of its tags in the order of their names, as Docker shows it; null where it has none. */
  readonly tag: string | null;
  readonly digest: string | null;
  /** Which steps made a layer is a guess until the export brings the config. */
  readonly config: ImageConfig;
  /** Bytes of each layer as the daemon counts them, base first; null where it did not say. */
  readonly layerBytes: readonly (number | null)[];
  /** Bytes of the whole image. */
  readonly bytes: number | null;
}

/** @throws PeelError `daemon-error` when the answers are not those of the Docker API. */
export function parseInspect(inspect: unknown, history: unknown): Inspected {
  const id = isObject(inspect) ? stringOrNull(inspect['Id']) : null;
  if (!isObject(inspect) || id === null) {
    throw new PeelError(
      'daemon-error',
      'The daemon answered with something else than an image: is it Docker?',
    );
  }
  const rootfs = isObject(inspect['RootFS']) ? inspect['RootFS'] : {};
  const diffIds = strings(rootfs['Layers']);
  const steps = historySteps(history);
  const guessed = guessEmptySteps(steps, diffIds.length);
  return {
    id,
    tag: tagOf(inspect),
    digest: digestOf(inspect),
    config: {
      platform: platform(inspect),
      created: stringOrNull(inspect['Created']),
      diffIds,
      history: guessed,
      container: containerConfigOf(inspect['Config']),
    },
    layerBytes: guessed.flatMap(({ empty }, index) => (empty ? [] : [steps[index]?.size ?? null])),
    bytes: numberOrNull(inspect['Size']),
  };
}

/** An image for one platform, of those that a name stands for in containerd's store. */
export interface HeldPlatform {
  readonly platform: Platform;
  /** Digest of its manifest. */
  readonly digest: string | null;
  /** Bytes that it takes, packed and unpacked; null where its content is not in the store. */
  readonly bytes: number | null;
}

/**
 * The images of an inspect answer that tells of them (API 1.48, `manifests=1`), attestations left out, each platform
 * once. Empty for a graph driver, which holds one platform for each name.
 */
export function heldPlatforms(inspect: unknown): HeldPlatform[] {
  const manifests = isObject(inspect) ? objects(inspect['Manifests']) : [];
  const found = manifests.flatMap((manifest): HeldPlatform[] => {
    const data = isObject(manifest['ImageData']) ? manifest['ImageData'] : {};
    const platform = isObject(data['Platform']) ? platformOf(data['Platform']) : null;
    if (manifest['Kind'] !== 'image' || platform === null) return [];
    const size = isObject(manifest['Size']) ? numberOrNull(manifest['Size']['Total']) : null;
    const bytes = manifest['Available'] === true ? (size ?? 0) : null;
    return [{ platform, digest: stringOrNull(manifest['ID']), bytes }];
  });
  const isFirst = (held: HeldPlatform, index: number) =>
    found.findIndex(({ platform }) => formatPlatform(platform) === formatPlatform(held.platform)) === index;
  return found.filter(isFirst);
}

/** The platform of an inspect answer, as `formatPlatform` writes it. */
export function inspectedPlatform(inspect: JsonObject): string | null {
  const found = platform(inspect);
  return found === null ? null : formatPlatform(found);
}

function platform(inspect: JsonObject): Platform | null {
  return platformOf({
    os: inspect['Os'],
    architecture: inspect['Architecture'],
    variant: inspect['Variant'],
  });
}

/** Daemons list tags in no order that stays. Older ones say <none>:<none>. */
function tagOf(inspect: JsonObject): string | null {
  const tags = strings(inspect['RepoTags']).filter((tag) => tag !== '<none>:<none>');
  return tags.map(familiarName).sort()[0] ?? null;
}

/** The manifest's digest: of the containerd store its own, else what the image was pulled by. */
function digestOf(inspect: JsonObject): string | null {
  const descriptor = isObject(inspect['Descriptor']) ? stringOrNull(inspect['Descriptor']['digest']) : null;
  return descriptor ?? strings(inspect['RepoDigests'])[0]?.split('@')[1] ?? null;
}

/** The history API tells the newest step first. */
function historySteps(history: unknown): DaemonHistoryEntry[] {
  return objects(history)
    .map((step) => {
      const seconds = numberOrNull(step['Created']);
      return {
        createdBy: stringOrNull(step['CreatedBy']) ?? '',
        created: seconds === null ? null : new Date(seconds * 1000).toISOString(),
        size: numberOrNull(step['Size']) ?? 0,
        ...withComment(stringOrNull(step['Comment'])),
      };
    })
    .reverse();
}
