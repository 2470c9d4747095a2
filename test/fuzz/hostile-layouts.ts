/** Layouts made to hurt, each as the tar of its directory. */
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { indexBlob, indexOf, laidOut, tagged } from '../harness/layouts.ts';
import { END, member as rawMember, rawTar } from '../harness/raw-tar.ts';
import { BASE, blob, member, sha256, TOP } from '../harness/saved.ts';
import { sparse, SPARSE_FORMS } from '../harness/sparse-tar.ts';
import { hostileSparse } from './sparse-members.ts';
import type { Random } from './random.ts';
import { NAMES } from './vocabulary.ts';

type Maker = (random: Random) => Buffer;

const bomb: Maker = (random) => {
  const zeros = Buffer.alloc(50 * 1024 * 1024);
  const tar = Buffer.concat([rawMember({ name: 'zeros', size: zeros.length }), zeros, END]);
  const pack = random.pick([gzipSync, (bytes: Buffer) => zstdCompressSync(bytes)]);
  return layoutOf([pack(tar), pack(pack(tar))]);
};

const sparseLayers: Maker = (random) => {
  const size = random.pick([2 ** 31, 2 ** 33 + 1]);
  const zeros = rawTar(sparse(random.pick(SPARSE_FORMS), { name: 'zeros', size, map: [size, 0], data: '' }));
  return layoutOf([zeros, rawTar(hostileSparse(random)), Buffer.concat([zeros, zeros])]);
};

/** Many names for one blob. */
const sameLayers: Maker = (random) =>
  layoutOf(Array.from({ length: random.pick([127, 1_025, 20_000]) }, () => BASE));

/** Descriptors whose digests are paths. */
const paths: Maker = (random) => {
  const image = laidOut([BASE, TOP]);
  const digest = random.pick([
    'sha256:../../../../etc/passwd',
    '../../../etc:passwd',
    `sha256:${'0'.repeat(63)}/`,
    `sha256:${'f'.repeat(128)}`,
    `sha256:${random.pick(NAMES)}`,
    'sha256:',
  ]);
  const manifest = blob(
    JSON.stringify({ config: image.config.descriptor, layers: [{ digest }, { digest }] }),
  );
  const index = random.chance(50) ? { digest } : manifest.descriptor;
  return rawTar(...image.members, manifest.member, ...indexOf(index));
};

/** Indexes that lead to each other, or to too many. */
const circles: Maker = (random) => {
  const digests = Array.from({ length: random.pick([2, 200, 11_000]) }, (_, n) => `sha256:${sha256(`${n}`)}`);
  const index = JSON.stringify({ manifests: digests.map((digest) => ({ digest })) });
  const members = digests.slice(0, 20).map((digest) => member(digest.replace(':', '/'), index));
  return rawTar(
    ...members.map(({ name, ...rest }) => ({ ...rest, name: `blobs/${name}` })),
    ...indexOf(...digests.map((digest) => ({ digest }))),
  );
};

/** Directories and links where files should be, and blobs that are nothing. */
const notFiles: Maker = (random) => {
  const image = laidOut([BASE, TOP]);
  const spoilt = random.below(image.members.length);
  const members = image.members.map((each, index) => {
    if (index !== spoilt) return each;
    const { name } = each;
    return random.pick([
      { name, type: '5' },
      { name, type: '2', link: name.slice(-64) },
      { name, type: '2', link: 'nowhere' },
      { name, content: '' },
      { name, content: '\0'.repeat(5_000) },
    ]);
  });
  return rawTar(...members, ...indexOf(tagged(image, 'shop:1'), indexBlob(tagged(image, 'a')).descriptor));
};

function layoutOf(layers: readonly Buffer[]): Buffer {
  const image = laidOut(layers);
  const known = new Map(image.members.map((each) => [each.name, each]));
  return rawTar(...known.values(), ...indexOf(tagged(image, 'shop:1')));
}

const MAKERS: readonly [Maker, ...Maker[]] = [bomb, sparseLayers, sameLayers, paths, circles, notFiles];

export function hostileLayout(random: Random): Buffer {
  return random.pick(MAKERS)(random);
}
