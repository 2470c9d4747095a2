import { parseConfig, type ImageConfig } from '../image/config.ts';
import type { Wish } from '../image/choice.ts';
import { PeelError } from '../image/errors.ts';
import { isObject, parseJson, stringOrNull } from '../image/json.ts';
import type { Platform } from '../image/platform.ts';
import { isCalled } from '../image/reference.ts';
import { digestIn } from './blob-names.ts';
import { candidatesIn } from './candidates.ts';
import { chooseImage } from './choose-image.ts';
import { type Documents, jsonIn } from './documents.ts';

/** An image found in an archive or a layout: which members are its config and its layers. */
export interface FoundImage {
  readonly reference: string | null;
  readonly id: string | null;
  readonly digest: string | null;
  readonly config: ImageConfig;
  /** Names of members, base first. */
  readonly layers: readonly string[];
}

/** What an image is sought in. */
export interface Place {
  readonly kind: 'archive' | 'layout';
  readonly documents: Documents;
  /** Bytes of a member that holds a layer; null where it is missing. */
  layerBytes(member: string): number | null;
}

/**
 * Finds the image that is meant.
 * @param usual the platform to take where the image is there for several and no wish says which.
 * @throws PeelError `not-an-image`, `no-such-image`, `hostile`; SeveralImages.
 */
export function findImage(place: Place, wish: Wish, usual: Platform | null): FoundImage {
  const { documents } = place;
  const layerBytes = (member: string) => place.layerBytes(member);
  const { names, digest, members } = chooseImage(candidatesIn(documents), {
    place: place.kind,
    wish,
    usual,
    isWhole: ({ config, layers }) =>
      documents.has(config) && layers.every((layer) => layerBytes(layer) !== null),
    describe: ({ config, layers }) => ({
      bytes: sumOf([...new Set(layers)].map(layerBytes)),
      created: createdIn(documents, config),
    }),
  });
  const text = documents.get(members.config);
  if (text === undefined) {
    const missing = place.kind === 'archive' ? 'missing: the archive was cut off' : 'missing';
    throw new PeelError('not-an-image', `The image config ${members.config} is ${missing}.`);
  }
  const config = parseConfig(parseJson(text, 'The image config'));
  checkLayerCount(config, members.layers);
  const { name } = wish;
  return {
    reference: names.find((each) => name !== null && isCalled(each, name)) ?? names[0] ?? null,
    id: digestIn(members.config),
    digest,
    config,
    layers: members.layers,
  };
}

function checkLayerCount({ diffIds }: ImageConfig, layers: readonly string[]): void {
  if (diffIds.length === layers.length) return;
  throw new PeelError(
    'not-an-image',
    `The config speaks of ${diffIds.length} layers, the manifest of ${layers.length}.`,
  );
}

function sumOf(sizes: readonly (number | null)[]): number | null {
  return sizes.reduce((sum, size) => (sum === null || size === null ? null : sum + size), 0);
}

/** Seconds since 1970, as a config tells them. */
function createdIn(documents: Documents, config: string): number | null {
  const value = jsonIn(documents, config);
  const milliseconds = Date.parse((isObject(value) ? stringOrNull(value['created']) : null) ?? '');
  return Number.isNaN(milliseconds) ? null : milliseconds / 1000;
}
