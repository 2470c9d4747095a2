import { PeelError } from '../image/errors.ts';
import { SeveralImages, type Wish } from '../image/choice.ts';
import type { ListedImage } from '../image/listed-image.ts';
import { bestFor, formatPlatform, type Platform } from '../image/platform.ts';
import { isCalled } from '../image/reference.ts';
import { digestIn } from './blob-names.ts';
import type { Candidate, ImageMembers } from './candidates.ts';

/** How to choose among several images. */
export interface Choosing {
  /** What the images are in, for messages. */
  readonly place: 'archive' | 'layout';
  readonly wish: Wish;
  /** The platform to take where an image is there for several and no wish says which. */
  readonly usual: Platform | null;
  /** Whether all that makes up an image is there. */
  isWhole(members: ImageMembers): boolean;
  /** What a list of images shows of one. */
  describe(members: ImageMembers): Pick<ListedImage, 'bytes' | 'created'>;
}

/** An image whose manifest is there. */
export interface HeldImage extends Candidate {
  readonly members: ImageMembers;
}

/** A message names so many images; a hostile archive could list thousands. */
const MAX_NAMED = 20;

/**
 * The one image that is meant.
 * @throws SeveralImages when nothing says which; PeelError `no-such-image` when that one is not there.
 */
export function chooseImage(candidates: readonly Candidate[], choosing: Choosing): HeldImage {
  if (candidates.length === 0) throw new PeelError('not-an-image', 'index.json leads to no image manifest.');
  const wanted = onPlatform(called(candidates, choosing), choosing);
  const there = wanted.filter(isHeld);
  if (there.length === 0) throw absent(wanted, choosing);
  const whole = there.filter(({ members }) => choosing.isWhole(members));
  const chosen = onePerName(whole.length > 0 ? whole : there, choosing.usual);
  const [only, ...others] = chosen;
  if (only === undefined || others.length > 0) throw several(chosen, choosing);
  return only;
}

function isHeld(candidate: Candidate): candidate is HeldImage {
  return candidate.members !== null;
}

/** What names an image for certain: the digest of its manifest, else the name of its config. */
function keyOf({ digest, members }: Candidate): string {
  return digest ?? members?.config ?? '';
}

/** Those that a wish names. */
function called(candidates: readonly Candidate[], { wish: { name }, place }: Choosing): readonly Candidate[] {
  if (name === null) return candidates;
  const exactly = candidates.filter((candidate) => {
    const id = candidate.members === null ? null : digestIn(candidate.members.config);
    return [keyOf(candidate), id, ...candidate.names].includes(name);
  });
  if (exactly.length > 0) return exactly;
  const matches = candidates.filter(({ names }) => names.some((each) => isCalled(each, name)));
  if (matches.length > 0) return matches;
  const names = candidates.map((candidate) => candidate.names[0] ?? keyOf(candidate));
  throw new PeelError('no-such-image', `The ${place} holds no image ${name}, but: ${listed(names)}.`);
}

/** Those for the platform that a wish names. */
function onPlatform(candidates: readonly Candidate[], { wish, place }: Choosing): readonly Candidate[] {
  if (wish.platform === null) return candidates;
  const matches = bestFor(wish.platform, candidates);
  if (matches.length > 0) return matches;
  const others = listed(candidates.map(platformText));
  const wanted = formatPlatform(wish.platform);
  throw new PeelError('no-such-image', `The ${place} holds no image for ${wanted}, but for: ${others}.`);
}

/** Of images that are called the same, the one for the usual platform, where there is one. */
function onePerName(candidates: readonly HeldImage[], usual: Platform | null): HeldImage[] {
  const groups = Map.groupBy(candidates, ({ names }) => names[0] ?? '');
  return [...groups.values()].flatMap((group) => {
    const best = usual === null || group.length === 1 ? [] : bestFor(usual, group);
    return best.length > 0 ? best : group;
  });
}

function several(images: readonly HeldImage[], choosing: Choosing): SeveralImages {
  const { place } = choosing;
  const groups = Map.groupBy(images, ({ names: [name] }) => name);
  const names = images.map((image) => {
    const [name] = image.names;
    return name !== undefined && groups.get(name)?.length === 1 ? name : keyOf(image);
  });
  const platforms = images.map(platformText);
  const byPlatform = groups.size === 1 && new Set(platforms).size === images.length;
  const how = byPlatform ? `--platform: ${listed(platforms)}` : `--image: ${listed(names)}`;
  return new SeveralImages(
    `The ${place} holds ${images.length} images; choose one with ${how}.`,
    images.map((image, index) => ({
      reference: image.names[0] ?? names[index] ?? '',
      key: keyOf(image),
      platform: image.platform === null ? null : formatPlatform(image.platform),
      ...choosing.describe(image.members),
    })),
  );
}

/** An index may list more than was saved: a daemon exports what it has pulled. */
function absent([image, ...others]: readonly Candidate[], { place }: Choosing): PeelError {
  const platform = image?.platform ?? null;
  const what = platform === null ? (image?.digest ?? 'The image') : formatPlatform(platform);
  const name = image?.names[0] ?? 'NAME';
  const remedy =
    platform === null || others.length > 0
      ? 'fetch the image, then save it again'
      : `docker pull --platform ${formatPlatform(platform)} ${name} fetches it`;
  return new PeelError(
    'no-such-image',
    `${what} is listed, but its content is not in this ${place}; ${remedy}.`,
  );
}

function platformText({ platform }: Candidate): string {
  return platform === null ? 'no platform' : formatPlatform(platform);
}

function listed(names: readonly string[]): string {
  const shown = [...new Set(names)];
  const more = shown.length - MAX_NAMED;
  return more > 0 ? `${shown.slice(0, MAX_NAMED).join(', ')} and ${more} more` : shown.join(', ');
}
