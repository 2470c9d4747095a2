/** Sound images in every shape that peel reads, archives and directories: what the mutations begin with. */
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
import { asDir, forPlatform, indexBlob, indexOf, laidOut, tagged } from '../harness/layouts.ts';
import { randomImage } from '../harness/random-image.ts';
import { member as rawMember, pax, rawTar, type RawMember } from '../harness/raw-tar.ts';
import { BASE, blob, configFor, member, old, savedAs, TOP } from '../harness/saved.ts';
import { sparse, SPARSE_FORMS } from '../harness/sparse-tar.ts';
import { soundSparse } from './sparse-members.ts';

/** Random images beside the fixed ones. */
const RANDOM_IMAGES = 12;

/** What a reader is given: an archive, or a directory in which an image lies as a layout or as skopeo's `dir:`. */
export type Place = 'archive' | 'oci' | 'dir';

export interface Seed {
  /** The image as a tar. */
  readonly bytes: Buffer;
  /** Where the same members make an image too. */
  readonly places: readonly [Place, ...Place[]];
}

export async function corpus(): Promise<readonly Seed[]> {
  const images = [SHOP, ...fc.sample(randomImage, { numRuns: RANDOM_IMAGES, seed: 1 })];
  const saved = await Promise.all(
    images.flatMap((image) =>
      (['yesterday', 'today'] as const).flatMap((layout) =>
        (['plain', 'gzip'] as const).map((layers) => dockerArchive(image, { layout, layers })),
      ),
    ),
  );
  const plain = [...saved.map((bytes) => Buffer.from(bytes)), ...oddTars()];
  const laid = [...layouts(), ...severalImages(), ...untrueDigests()];
  const packed = [...plain, ...laid]
    .filter((_, index) => index % 5 === 0)
    .map((bytes, index) => (index % 2 === 0 ? gzipSync(bytes, { level: 1 }) : zstdCompressSync(bytes)));
  return [
    ...[...plain, ...packed, await sample()].map((bytes) => seed(bytes, 'archive')),
    ...laid.map((bytes) => seed(bytes, 'archive', 'oci')),
    ...directories().map((bytes) => seed(bytes, 'dir')),
  ];
}

const seed = (bytes: Buffer, ...places: readonly [Place, ...Place[]]): Seed => ({ bytes, places });

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

/** A file in each of the forms that sparse files have; one whose map goes on in blocks of its own. */
const sparseLayer = () =>
  rawTar(
    ...SPARSE_FORMS.map((form, index) => soundSparse(form, `sparse${index}`, 3)),
    soundSparse('gnu', 'long', 60),
  );

/** Images among which somebody has to choose: by name, by platform, in an index within the index. */
function severalImages(): Buffer[] {
  const one = laidOut([BASE]);
  const two = laidOut([BASE, TOP], { config: { architecture: 'arm64' } });
  const inner = indexBlob(forPlatform(one, 'linux/amd64'), forPlatform(two, 'linux/arm64/v8'));
  const members = [...one.members, ...two.members, inner.member];
  const savedOnes = [one, two].map(({ config, layers }, index) => ({
    config: config.name,
    tags: [`shop:${index}`],
    layers: layers.map(({ name }) => name),
  }));
  return [
    rawTar(...members, ...indexOf(tagged(one, 'shop:1'), tagged(two, 'shop:2'))),
    rawTar(...members, ...indexOf(inner.descriptor)),
    rawTar(...members, ...indexOf(inner.descriptor, tagged(one, 'shop:1')), savedAs(...savedOnes)),
  ];
}

/** Blobs that are not what their names say, and layers that are not what the config says; one without its blob. */
function untrueDigests(): Buffer[] {
  const told = laidOut([BASE, TOP]);
  const lied = told.members.map((each) =>
    each.name === told.layers[0]?.name ? member(each.name, sparseLayer()) : each,
  );
  const other = laidOut([BASE, TOP], { stored: [gzipSync(TOP), zstdCompressSync(BASE)] });
  return [
    rawTar(...lied, ...indexOf(tagged(told, 'shop:1'))),
    rawTar(...other.members, ...indexOf(tagged(other, 'shop:1'))),
    rawTar(...told.members.slice(1), ...indexOf(tagged(told, 'shop:1'))),
  ];
}

/** What skopeo writes for `dir:`. */
const directories = (): Buffer[] =>
  [laidOut([BASE, TOP]), laidOut([sparseLayer(), TOP], { stored: [gzipSync(sparseLayer()), TOP] })].map(
    (image) => rawTar(...asDir(image)),
  );

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
    rawTar(...old([sparseLayer(), layer])),
    rawTar(...old([TOP, sparseLayer()])),
    // The layer is a member that is sparse itself.
    rawTar(
      sparse('pax 1.0', {
        name: 'l.tar',
        size: BASE.length + 4_096,
        map: [0, BASE.length],
        data: BASE.toString('latin1'),
      }),
      member('c.json', configFor(BASE)),
      savedAs({ config: 'c.json', layers: ['l.tar'] }),
    ),
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
