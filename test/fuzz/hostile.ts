/** Archives made to hurt: each aims at one thing that a reader might do without end, without measure or without care. */
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { BLOCK, END, member as rawMember, pax, rawTar, type RawMember } from '../harness/raw-tar.ts';
import { BASE, blob, configFor, member, savedAs, sha256 } from '../harness/saved.ts';
import { sparse, SPARSE_FORMS, type SparseFile } from '../harness/sparse-tar.ts';
import type { Random } from './random.ts';
import { soundSparse } from './sparse-members.ts';

type Maker = (random: Random) => Buffer;

/** A sound archive around layers that may be none. */
function imageOf(...layers: readonly Buffer[]): Buffer {
  return archiveWith(configFor(...layers), layers);
}

function archiveWith(config: string, layers: readonly Buffer[], names?: readonly string[]): Buffer {
  return rawTar(
    ...layers.map((layer, index) => member(`${index}.tar`, layer)),
    member('c.json', config),
    savedAs({ config: 'c.json', tags: ['a:1'], layers: names ?? layers.map((_, index) => `${index}.tar`) }),
  );
}

const MEGABYTE = 1024 * 1024;
const packers = [gzipSync, (bytes: Buffer) => zstdCompressSync(bytes)] as const;

/** A header for a member of so many zeros, without them. */
const hugeMember = (size: number) => rawMember({ name: 'zeros', size });

const bombs: Maker = (random) => {
  const pack = random.pick(packers);
  const size = 50 * MEGABYTE;
  const zeros = Buffer.alloc(size);
  switch (random.below(5)) {
    case 0: // a file of zeros
      return imageOf(pack(Buffer.concat([hugeMember(size), zeros, END])));
    case 1: // a layer of nothing but zero blocks
      return imageOf(pack(zeros));
    case 2: // packed twice
      return pack(imageOf(pack(Buffer.concat([hugeMember(size), zeros, END]))));
    case 3: // as an archive that is no tar
      return pack(zeros);
    default: // as JSON
      return pack(rawTar({ name: 'manifest.json', content: `[${' '.repeat(40 * MEGABYTE)}` }));
  }
};

const garbageTail: Maker = (random) => {
  const pack = random.pick(packers);
  const tail = random.pick([
    Buffer.alloc(1_000),
    random.bytes(1_000),
    pack(BASE),
    Buffer.from('\x1f\x8b', 'latin1'),
  ]);
  const layer = Buffer.concat([pack(BASE), tail]);
  return random.chance(50) ? imageOf(layer) : Buffer.concat([pack(imageOf(BASE)), tail]);
};

const zeroBlocks: Maker = (random) => {
  const sizes = Array.from({ length: 20 }, () => Buffer.alloc(BLOCK * random.below(2)));
  const parts = sizes.flatMap((zeros, index) => [rawMember({ name: `f${index}`, content: 'x' }), zeros]);
  return imageOf(rawTar(...parts));
};

const deepPaths: Maker = (random) => {
  const components = random.pick([1_000, 2_000, 2_047, 100_000]);
  const path = 'd/'.repeat(components) + 'f';
  const last = 'd/'.repeat(components - 1) + '.wh.d';
  const layer = rawTar(pax({ path }), { name: 'x', content: 'x' });
  return imageOf(
    layer,
    rawTar(pax({ path: last }), { name: 'x' }),
    rawTar({ name: 'd', content: 'a file now' }),
  );
};

const bracketsAbound: Maker = (random) => {
  const text = random.pick([
    '['.repeat(3_000_000),
    `[${'[],'.repeat(3_000_000)}[]]`,
    `[${'{},'.repeat(3_000_000)}{}]`,
    `{"a":${'{"a":'.repeat(500_000)}1${'}'.repeat(500_001)}`,
    `[${'0,'.repeat(6_000_000)}0]`,
    `{${Array.from({ length: 300_000 }, (_, n) => `"k${n}":1`).join(',')}}`,
  ]);
  const name = random.pick(['manifest.json', 'index.json', 'c.json', 'blobs/sha256/x']);
  return rawTar(member(name, text), savedAs({ config: 'c.json', layers: [] }));
};

const manyDocuments: Maker = () => {
  const text = `{"a":"${'x'.repeat(4 * MEGABYTE)}"}`;
  return zstdCompressSync(
    rawTar(
      ...Array.from({ length: 20 }, (_, n) => member(`${n}.json`, text)),
      savedAs({ config: '1.json', layers: [] }),
    ),
  );
};

/** An index that leads to itself, a thousand times at every step. */
const indexCircle: Maker = (random) => {
  const digest = `sha256:${sha256('me')}`;
  const index = JSON.stringify({
    manifests: Array.from({ length: random.pick([2, 1_000]) }, () => ({ digest })),
  });
  return rawTar(member(`blobs/sha256/${sha256('me')}`, index), member('index.json', index));
};

const manyLayers: Maker = (random) => {
  const count = random.pick([127, 1_025, 5_000, 60_000]);
  const config = JSON.stringify({
    rootfs: { diff_ids: Array.from({ length: count }, () => 'sha256:0') },
    history: Array.from({ length: random.pick([0, count]) }, () => ({})),
  });
  return archiveWith(
    config,
    [BASE],
    Array.from({ length: count }, () => '0.tar'),
  );
};

const manyInstructions: Maker = () => {
  const config = JSON.parse(configFor(BASE)) as object;
  const history = Array.from({ length: 400_000 }, () => ({ empty_layer: true }));
  return archiveWith(JSON.stringify({ ...config, history }), [BASE]);
};

/** Texts that are easy to read and hard to match. */
const longTexts: Maker = (random) => {
  const text = random.pick([
    ' '.repeat(2_000_000),
    `/bin/sh -c #(nop) ${' '.repeat(1_000_000)}x`,
    `/bin/sh ${'-o pipefail '.repeat(100_000)}`,
    `|1 ${'/bin/sh -e '.repeat(100_000)}`,
    'w'.repeat(3_000_000),
    '日'.repeat(500_000),
    'e' + '\u0301'.repeat(500_000),
    `${' '.repeat(1_000_000)}\n`.repeat(2),
  ]);
  const config = {
    ...(JSON.parse(configFor(BASE)) as object),
    history: [{ created_by: text, created: text }],
    config: { Labels: { [text]: text }, Env: [text], Cmd: [text], User: text },
  };
  if (random.chance(50)) return archiveWith(JSON.stringify(config), [BASE]);
  return rawTar(
    member('c', configFor(BASE)),
    savedAs({ config: random.pick(['c', text]), tags: [text], layers: [text] }),
  );
};

const linkCircles: Maker = (random) => {
  const type = random.pick(['1', '2']);
  const circle: RawMember[] = Array.from({ length: 50 }, (_, n) => ({
    name: `${n}.tar`,
    type,
    link: `${(n + 1) % 50}.tar`,
  }));
  const inLayer = rawTar(...circle, ...circle);
  return random.chance(50)
    ? imageOf(inLayer, inLayer)
    : rawTar(...circle, member('c', configFor(BASE)), savedAs({ config: 'c', layers: ['0.tar'] }));
};

/** A directory that is emptied again and again. */
const emptiedOften: Maker = (random) => {
  const files = Array.from({ length: 3_000 }, (_, n): RawMember => ({ name: `d/f${n}` }));
  const again: RawMember[] = random.chance(50)
    ? Array.from({ length: 3_000 }, () => ({ name: 'd/.wh..wh..opq' }))
    : Array.from({ length: 3_000 }, (_, n) => ({ name: n % 2 === 0 ? 'd' : 'd/x' }));
  return gzipSync(imageOf(rawTar(...files), rawTar(...again), rawTar(...files, ...again)));
};

const largeHeaders: Maker = (random) => {
  const size = random.pick([1024, MEGABYTE - 600, MEGABYTE + 1, 2 * MEGABYTE]);
  const value = 'v'.repeat(size);
  const header = random.pick([
    pax({ 'SCHILY.xattr.user.a': value }),
    pax({ path: value }),
    pax({ linkpath: value }),
    rawMember({ name: 'L', type: 'L', content: value }),
    rawMember({ name: 'K', type: 'K', content: value }),
    rawMember({ name: 'g', type: 'g', content: value }),
    pax(
      Object.fromEntries(
        Array.from({ length: Math.min(size / 20, 40_000) }, (_, n) => [`SCHILY.xattr.k${n}`, 'v']),
      ),
    ),
  ]);
  const parts = Array.from({ length: random.pick([1, 10]) }, (_, n) => [
    header,
    rawMember({ name: `f${n}`, type: '2' }),
  ]);
  const tar = rawTar(...parts.flat());
  return random.chance(70)
    ? imageOf(tar)
    : gzipSync(Buffer.concat([tar.subarray(0, -2 * BLOCK), imageOf(BASE)]));
};

/** Every text of a config, a manifest and an index says what must not reach a terminal. */
const hostileTexts: Maker = () => {
  const text = '\u001b[2J\u009b31m\u202e\u2066\u200b\ud800\u061c\n\r\t\u0000\u007f\u{e0041}';
  const layer = rawTar(
    { name: 'a\u001b[31m\n\x9b', content: 'x' },
    { name: 'l', type: '2', link: '\xe2\x80\xae' },
  );
  const config = JSON.stringify({
    os: text,
    architecture: text,
    variant: text,
    created: text,
    rootfs: { diff_ids: [text] },
    history: [{ created_by: text, created: text }],
    config: {
      User: text,
      WorkingDir: text,
      Env: [text],
      Cmd: [text],
      Labels: { [text]: text },
      Volumes: { [text]: {} },
    },
  });
  return rawTar(
    member('l', layer),
    member('c', config),
    savedAs({ config: 'c', tags: [text, text], layers: ['l'] }),
    member('index.json', JSON.stringify({ manifests: [blob(config).descriptor] })),
  );
};

/** Sparse files that claim much, with little that they are made of. */
const sparseFiles: Maker = (random) => {
  const form = random.pick(SPARSE_FORMS);
  const empty = (size: number): SparseFile => ({ name: 'zeros', size, map: [size, 0], data: '' });
  const entries = random.pick([20_000, 43_000, 90_000]);
  switch (random.below(6)) {
    case 0: // a file of nothing but zeros, up to more than can be allowed
      return imageOf(rawTar(sparse(form, empty(random.pick([2 ** 31, 2 ** 34, 2 ** 34 + 1, 2 ** 50])))));
    case 1: // many of them
      return imageOf(rawTar(...Array.from({ length: 500 }, (_, n) => sparse(form, empty(n * 2 ** 20)))));
    case 2: // in several layers
      return imageOf(rawTar(sparse(form, empty(2 ** 33))), rawTar(sparse(form, empty(2 ** 33))));
    case 3: // a map that takes up to its limit, or more
      return imageOf(rawTar(soundSparse(form, 'map', entries)));
    case 4: // maps that take up to it again and again
      return gzipSync(imageOf(rawTar(...Array.from({ length: 8 }, () => soundSparse(form, 'map', 20_000)))));
    default: // a member of the archive itself, a layer or a document
      return rawTar(
        sparse(form, { ...empty(random.pick([1_000, 2 ** 30, 2 ** 34, 2 ** 50])), name: 'l.tar' }),
        sparse(form, { ...empty(2 ** 33), name: random.pick(['c.json', 'manifest.json', 'other']) }),
        member('c.json', configFor(BASE)),
        savedAs({ config: 'c.json', layers: ['l.tar'] }),
      );
  }
};

const MAKERS: readonly [Maker, ...Maker[]] = [
  bombs,
  garbageTail,
  zeroBlocks,
  deepPaths,
  bracketsAbound,
  manyDocuments,
  indexCircle,
  manyLayers,
  manyInstructions,
  longTexts,
  linkCircles,
  emptiedOften,
  largeHeaders,
  hostileTexts,
  sparseFiles,
  sparseFiles,
];

export function hostileArchive(random: Random): Buffer {
  return random.pick(MAKERS)(random);
}
