/** Sound archives of every shape that peel reads: what the mutations begin with. */
import fc from 'fast-check';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { sampleArchive } from '../../src/sources/sample/sample-source.ts';
import {
  directory,
  dockerArchive,
  file,
  hardlink,
  opaque,
  special,
  symlink,
  whiteout,
} from '../harness/archive.ts';
import { randomImage } from '../harness/random-image.ts';
import { member as rawMember, pax, rawTar, type RawMember } from '../harness/raw-tar.ts';
import { BASE, blob, configFor, member, old, savedAs, TOP } from '../harness/saved.ts';

/** Random images beside the fixed ones. */
const RANDOM_IMAGES = 12;

export async function corpus(): Promise<readonly Buffer[]> {
  const images = [SHOP, ...fc.sample(randomImage, { numRuns: RANDOM_IMAGES, seed: 1 })];
  const saved = await Promise.all(
    images.flatMap((image) =>
      (['yesterday', 'today'] as const).flatMap((layout) =>
        (['plain', 'gzip'] as const).map((layers) => dockerArchive(image, { layout, layers })),
      ),
    ),
  );
  const plain = [...saved.map((bytes) => Buffer.from(bytes)), ...layouts(), ...oddTars()];
  const packed = plain
    .filter((_, index) => index % 5 === 0)
    .map((bytes, index) => (index % 2 === 0 ? gzipSync(bytes, { level: 1 }) : zstdCompressSync(bytes)));
  return [...plain, ...packed, await sample()];
}

const SHOP = {
  layers: [
    [
      directory('./'),
      directory('etc'),
      file('etc/passwd', 'root:x:0:0\n'),
      file('bin/sh', 'x'.repeat(3_000), { mode: 0o4755 }),
      hardlink('bin/ash', 'bin/sh'),
      symlink('bin/link', '../etc/passwd'),
      special('char', 'dev/null'),
    ],
    [whiteout('etc/passwd'), file('bin/sh', 'x'.repeat(3_000)), file(`long/${'n'.repeat(180)}`, 'pax')],
    [opaque('bin'), file('bin/new', 'new'), file('etc/größe', '日本語')],
  ],
  emptyInstructionsBefore: [0, 2, 1],
};

/** Image layouts (OCI) with plain, gzip and zstd layers; one with an index in the index. */
function layouts(): Buffer[] {
  return [BASE, gzipSync(BASE), zstdCompressSync(BASE)].flatMap((layer) => {
    const layers = [blob(layer), blob(TOP)];
    const config = blob(configFor(BASE, TOP));
    const manifest = blob(
      JSON.stringify({
        schemaVersion: 2,
        config: config.descriptor,
        layers: layers.map(({ descriptor }) => descriptor),
      }),
      { 'org.opencontainers.image.ref.name': 'shop:1' },
    );
    const inner = blob(JSON.stringify({ schemaVersion: 2, manifests: [manifest.descriptor] }));
    const members = [...layers, config, manifest, inner].map((each) => each.member);
    return [manifest, inner].map(({ descriptor }) =>
      rawTar(
        ...members,
        member('index.json', JSON.stringify({ manifests: [descriptor] })),
        member('oci-layout', '{"imageLayoutVersion":"1.0.0"}'),
      ),
    );
  });
}

/** Old and GNU headers, extended headers, links among members, two images in one archive. */
function oddTars(): Buffer[] {
  const gnu: RawMember = { name: '././@LongLink', type: 'L', content: `deep/${'g'.repeat(150)}\0` };
  const layer = rawTar(
    { name: 'v7', content: 'old', format: 'v7' },
    gnu,
    { name: 'cut', content: 'long' },
    { name: 'large', content: 'numbers', uid: 3_000_000, mtime: 2 ** 34, base256: true },
    pax({
      path: 'pax/name',
      mtime: '1.25',
      'SCHILY.xattr.user.a': 'b',
      'SCHILY.xattr.security.capability': '\x01\0\0\x02',
    }),
    rawMember({ name: 'placeholder', content: 'pax' }),
    { name: 'dev', type: '3', device: [5, 1] },
    { name: 'fifo', type: '6' },
    { name: 'unknown', type: 'Q', content: 'type' },
  );
  const config = configFor(layer, layer);
  return [
    rawTar(
      ...old([BASE, layer, '../0000000000000000000000000000000000000000000000000000000000000000/layer.tar']),
    ),
    rawTar(...old([layer, TOP])),
    rawTar(
      member('l.tar', layer),
      { name: 'm.tar', type: '1', link: 'l.tar' },
      member('c.json', config),
      savedAs(
        { config: 'c.json', tags: ['shop:1'], layers: ['l.tar', 'm.tar'] },
        { config: 'c.json', tags: ['shop:2'], layers: ['l.tar', 'l.tar'] },
      ),
    ),
  ];
}

async function sample(): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of sampleArchive()) pieces.push(piece);
  return Buffer.concat(pieces);
}
