/** Archives as their writers make them. */
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { loadImage } from '../../src/cli/load-image.ts';
import { reportOf } from '../../src/report/report.ts';
import { ArchiveSource, archiveStream } from '../../src/sources/archive.ts';
import { MAX_HOLE_BYTES } from '../../src/tar/holes.ts';
import { dockerArchive, file } from '../harness/archive.ts';
import { member as rawMember, pax, pieces, rawTar, type RawMember } from '../harness/raw-tar.ts';
import {
  BASE,
  blob,
  configFor,
  layerTar,
  load,
  loadMembers,
  member,
  old,
  savedAs,
  sha256,
  sourceOf,
  TOP,
} from '../harness/saved.ts';
import { sparse } from '../harness/sparse-tar.ts';

/** RFC 8878, 3.1.2. */
function skippableFrame(content: string): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32LE(0x184d2a50);
  head.writeUInt32LE(content.length, 4);
  return Buffer.concat([head, Buffer.from(content)]);
}

/** The final files of an archive, with their sizes. */
async function filesOf(bytes: Uint8Array, options?: Parameters<typeof sourceOf>[1]): Promise<string[]> {
  const { files = [] } = reportOf(await load(sourceOf(bytes, options)), true);
  return files.filter(({ type }) => type === 'file').map(({ path, size }) => `${path} ${size}`);
}

describe('an archive', () => {
  it.each(['yesterday', 'today'] as const)('of %s is read, whatever pieces it comes in', async (layout) => {
    const layers = [[file('a', 'one'), file('b', 'two')], [file('a', 'three')]];
    const bytes = await dockerArchive({ layers }, { layout, layers: 'gzip' });
    for (const size of [100, 513, 1 << 20]) expect(await filesOf(bytes, { size })).toEqual(['/a 5', '/b 3']);
  });

  it('may store a layer that comes again as a symlink, to a member before it or behind', async () => {
    expect(await filesOf(rawTar(...old([BASE, TOP, `../${'0'.repeat(64)}/layer.tar`])))).toEqual([
      '/a 3',
      '/b 3',
    ]);
    expect(await filesOf(rawTar(...old([`../${'1'.repeat(64)}/layer.tar`, BASE])))).toEqual(['/a 3', '/b 3']);
  });

  it('may store it as a hard link', async () => {
    const members = old([BASE, 'x']).map((each): RawMember =>
      each.type === '2' ? { ...each, type: '1', link: `${'0'.repeat(64)}/layer.tar` } : each,
    );
    expect(await filesOf(rawTar(...members))).toEqual(['/a 3', '/b 3']);
  });

  it('may hold a layer as a sparse file, with sparse files in it', async () => {
    const hole = sparse('gnu', { name: 'hole', size: 300_000, map: [100_000, 3], data: 'end' });
    const layer = Buffer.concat([layerTar({ name: 'c', content: '\0'.repeat(90_000) }), Buffer.alloc(5000)]);
    const holed = sparse('pax 1.0', {
      name: 'l0',
      size: layer.length,
      map: [0, 512],
      data: layer.toString('latin1', 0, 512),
    });
    const config = member('config', configFor(layer, BASE));
    const manifest = savedAs({ config: 'config', layers: ['l0', 'l1'] });
    const bytes = rawTar(holed, member('l1', rawTar(hole, { name: 'a' })), config, manifest);
    expect(await filesOf(bytes, { size: 1000 })).toEqual(['/a 0', '/c 90000', '/hole 300000']);
  });

  it('may not leave out more zeros in all its layers than anybody would unpack', async () => {
    const layer = (size: number) => rawTar(sparse('gnu', { name: 'hole', size, map: [], data: '' }));
    const members = old([layer(1000), layer(MAX_HOLE_BYTES - 999)]);
    await expect(filesOf(rawTar(...members))).rejects.toMatchObject({ code: 'hostile' });
  });

  it.each([
    ['gzip', gzipSync],
    ['zstd', zstdCompressSync],
  ] as const)('may be packed as a whole with %s', async (_, packed) => {
    expect(await filesOf(packed(rawTar(...old([BASE, TOP]))))).toEqual(['/a 5', '/b 3']);
  });

  it('may have layers that are packed each in its own way', async () => {
    const names = ['plain', 'gz', 'zst'];
    const packed = [BASE, gzipSync(TOP), zstdCompressSync(layerTar({ name: 'c', content: 'x' }))];
    const members = [
      ...packed.map((layer, index) => member(names[index] ?? '', layer)),
      member('c.json', configFor(BASE, TOP, layerTar({ name: 'c', content: 'x' }))),
      savedAs({ config: 'c.json', layers: names }),
    ];
    expect(await filesOf(rawTar(...members))).toEqual(['/a 5', '/b 3', '/c 1']);
  });

  it('may have its JSON before its layers', async () => {
    expect(await filesOf(rawTar(...old([BASE, TOP]).reverse()))).toEqual(['/a 5', '/b 3']);
  });

  it('may spell its members as they please', async () => {
    const members = old([BASE, TOP]).map((each) => ({ ...each, name: `./${each.name}` }));
    expect(await filesOf(rawTar(...members))).toEqual(['/a 5', '/b 3']);
  });

  it('may have a layer with nothing in it', async () => {
    expect(await filesOf(rawTar(...old([BASE, layerTar()])))).toEqual(['/a 3', '/b 3']);
  });

  it('may have a layer whose first name looks like JSON', async () => {
    const odd = layerTar({ name: '[slug].js', content: 'x' });
    expect(await filesOf(rawTar(...old([odd])))).toEqual(['/[slug].js 1']);
  });

  it('tells digests, sizes of blobs and names, as far as it has them', async () => {
    const { image, blobs } = await load(sourceOf(rawTar(...old([BASE]))));
    expect(image).toMatchObject({ reference: 'shop:1', source: 'archive', digest: null });
    expect(blobs).toEqual([{ digest: null, blobBytes: BASE.length, mismatches: [] }]);
    const layer = blob(gzipSync(BASE));
    const config = blob(configFor(BASE));
    const saved = savedAs({ config: config.name, layers: [layer.name] });
    const today = await load(sourceOf(rawTar(layer.member, config.member, saved)));
    expect(today.image).toMatchObject({ reference: null, id: config.descriptor.digest });
    const { digest, size } = layer.descriptor;
    expect(today.blobs).toEqual([{ digest, blobBytes: size, mismatches: [] }]);
  });
});

describe('the digests of an archive', () => {
  const other = `sha256:${'0'.repeat(64)}`;

  it('are verified as its bytes go by, those of the blob and those of the tar in it', async () => {
    const packed = gzipSync(TOP);
    const name = `blobs/sha256/${'0'.repeat(64)}`;
    const config = blob(configFor(BASE));
    const saved = savedAs({ config: config.name, layers: [name] });
    const { blobs } = await load(sourceOf(rawTar(member(name, packed), config.member, saved)));
    expect(blobs[0]?.mismatches).toEqual([
      { of: 'digest', expected: other, actual: blob(packed).descriptor.digest },
      { of: 'diffId', expected: blob(BASE).descriptor.digest, actual: blob(TOP).descriptor.digest },
    ]);
  });

  it('are those of a layer alone: one that is right stays so beside one that is not', async () => {
    const members = old([BASE, TOP]).map((each, index) => (index === 0 ? member(each.name, TOP) : each));
    const { blobs } = await loadMembers(...members);
    expect(blobs.map(({ mismatches }) => mismatches?.length)).toEqual([1, 0]);
  });

  it('say nothing of a blob that is named by its diff ID, as some writers do', async () => {
    const [{ name }, config] = [blob(BASE), blob(configFor(BASE))];
    const layer = `${name.split('/').at(-1) ?? ''}.tar.gz`;
    const saved = savedAs({ config: config.name, layers: [layer] });
    const { blobs } = await load(sourceOf(rawTar(member(layer, gzipSync(BASE)), config.member, saved)));
    expect(blobs[0]?.mismatches).toEqual([]);
  });
});

describe('what writers of archives make of their names', () => {
  const layers = [BASE, TOP];
  const packed = layers.map((layer) => gzipSync(layer));
  const config = configFor(...layers);
  const files = ['/a 5', '/b 3'];

  it('kaniko, crane and bazel: a config called by its digest, layers by theirs, manifest.json last', async () => {
    const names = packed.map((layer) => `${sha256(layer)}.tar.gz`);
    const members = [
      member(`sha256:${sha256(config)}`, config),
      ...packed.map((layer, index) => member(names[index] ?? '', layer)),
      savedAs({ config: `sha256:${sha256(config)}`, tags: ['shop:1'], layers: names }),
    ];
    expect(await filesOf(rawTar(...members))).toEqual(files);
    const { image, blobs } = await load(sourceOf(rawTar(...members)));
    expect(image).toMatchObject({ reference: 'shop:1', id: `sha256:${sha256(config)}`, digest: null });
    expect(blobs.map(({ digest }) => digest)).toEqual(packed.map((layer) => `sha256:${sha256(layer)}`));
  });

  it('podman and skopeo: layers called by diff ID, with symlinks where Docker once had them', async () => {
    const names = layers.map((layer) => `${sha256(layer)}.tar`);
    const members = [
      ...layers.map((layer, index) => member(names[index] ?? '', layer)),
      member(`${sha256(config)}.json`, config),
      ...names.map((name, index): RawMember => {
        return { name: `${String(index).repeat(64)}/layer.tar`, type: '2', link: `../${name}` };
      }),
      savedAs({ config: `${sha256(config)}.json`, tags: ['localhost/shop:1'], layers: names }),
    ];
    expect(await filesOf(rawTar(...members), { image: 'shop:1' })).toEqual(files);
  });

  it.each(['./', '/', './/'])('others: %s before every name in manifest.json', async (prefix) => {
    const members = [
      ...packed.map((layer, index) => member(`layer${index}`, layer)),
      member('config', config),
      savedAs({ config: `${prefix}config`, layers: [`${prefix}layer0`, `${prefix}layer1`] }),
    ];
    expect(await filesOf(rawTar(...members))).toEqual(files);
  });

  it('a layer that a manifest names twice is two layers', async () => {
    const again = configFor(BASE, TOP, BASE);
    const saved = savedAs({ config: 'c', layers: ['l0', 'l1', './l0'] });
    const members = [member('l0', BASE), member('l1', TOP), member('c', again), saved];
    expect(await filesOf(rawTar(...members))).toEqual(['/a 3', '/b 3']);
  });
});

describe('a layer that can be read in parts', () => {
  /** A tar whose blocks are packed one by one, as both formats pack their files. */
  const layer = layerTar(
    { name: '.prefetch.landmark', content: '\x0f' },
    { name: 'a', content: 'one' },
    { name: 'stargz.index.json', content: '{"version":1}' },
  );
  const parts = Array.from({ length: layer.length / 512 }, (_, index) =>
    layer.subarray(index * 512, (index + 1) * 512),
  );
  const filesOfLayer = (blob: Uint8Array) =>
    filesOf(
      rawTar(member('l', blob), member('c', configFor(layer)), savedAs({ config: 'c', layers: ['l'] })),
    );

  it('as eStargz has landmarks and an index in its tar: files of the image, as Docker unpacks them', async () => {
    // The footer is an empty member whose extra field tells where the index begins (eStargz, "Footer").
    const footer = gzipSync('');
    const extra = Buffer.from('\x1a\0SG\x16\x000000000000000800STARGZ', 'latin1');
    footer[3] = (footer[3] ?? 0) | 4;
    const blob = Buffer.concat([
      ...parts.map((part) => gzipSync(part)),
      Buffer.concat([footer.subarray(0, 10), extra, footer.subarray(10)]),
    ]);
    expect(await filesOfLayer(blob)).toEqual(['/.prefetch.landmark 1', '/a 3', '/stargz.index.json 13']);
  });

  it('as zstd:chunked has its index in frames that are passed over', async () => {
    const frames = parts.flatMap((part) => [zstdCompressSync(part), skippableFrame('between')]);
    const blob = Buffer.concat([
      skippableFrame('before'),
      ...frames,
      skippableFrame(''),
      skippableFrame('after'),
    ]);
    expect(await filesOfLayer(blob)).toHaveLength(3);
  });
});

describe('an image layout without manifest.json', () => {
  const layers = [blob(gzipSync(BASE)), blob(TOP)];
  const config = blob(configFor(BASE, TOP));
  const manifest = blob(
    JSON.stringify({ config: config.descriptor, layers: layers.map(({ descriptor }) => descriptor) }),
    { 'org.opencontainers.image.ref.name': 'shop:1' },
  );
  const blobs = [...layers, config, manifest].map((each) => each.member);
  const index = (...manifests: readonly unknown[]) => member('index.json', JSON.stringify({ manifests }));

  it('is found through its index', async () => {
    const bytes = rawTar(...blobs, index(manifest.descriptor));
    expect(await filesOf(bytes)).toEqual(['/a 5', '/b 3']);
    const { image } = await load(sourceOf(bytes));
    expect(image).toMatchObject({
      reference: 'shop:1',
      id: config.descriptor.digest,
      digest: manifest.descriptor.digest,
    });
  });

  it('is found through an index in the index, past attestations', async () => {
    const attestation = {
      digest: 'sha256:0',
      annotations: { 'vnd.docker.reference.type': 'attestation-manifest' },
    };
    const nested = blob(JSON.stringify({ manifests: [attestation, manifest.descriptor] }));
    expect(await filesOf(rawTar(...blobs, nested.member, index(nested.descriptor)))).toEqual([
      '/a 5',
      '/b 3',
    ]);
  });

  it('is not followed round and round', async () => {
    const bytes = rawTar(
      ...blobs,
      index({ digest: 'sha256:x' }),
      member('blobs/sha256/x', '{"manifests":[{"digest":"sha256:x"}]}'),
    );
    await expect(load(sourceOf(bytes))).rejects.toMatchObject({ code: 'not-an-image' });
  });
});

describe('an archive of several images', () => {
  const members = [
    member('l0', BASE),
    member('l1', TOP),
    member('c0', configFor(BASE)),
    member('c1', configFor(TOP)),
    savedAs(
      { config: 'c0', tags: ['shop:1', 'shop:latest'], layers: ['l0'] },
      { config: 'c1', tags: ['tool:2'], layers: ['l1'] },
    ),
  ];

  it('is not guessed at: the error names them', async () => {
    await expect(loadMembers(...members)).rejects.toMatchObject({
      code: 'several-images',
      message: 'shop.tar: The archive holds 2 images; choose one with --image: shop:1, tool:2.',
    });
  });

  it.each([
    ['tool:2', ['/a 5']],
    ['shop:1', ['/a 3', '/b 3']],
    ['shop', ['/a 3', '/b 3']],
  ])('has the one that is asked for: %s', async (image, files) => {
    expect(await filesOf(rawTar(...members), { image })).toEqual(files);
  });

  it('says which there are where that one is missing', async () => {
    await expect(load(sourceOf(rawTar(...members), { image: 'other' }))).rejects.toMatchObject({
      code: 'no-such-image',
      message: 'shop.tar: The archive holds no image other, but: shop:1, tool:2.',
    });
  });
});

describe('reading a bomb', () => {
  // Gigabytes of zeros in some hundred kilobytes.
  const frame = zstdCompressSync(Buffer.alloc(64 * 1024 * 1024));
  const bomb = Buffer.concat(Array.from({ length: 200 }, () => frame));
  const layer = Buffer.concat([zstdCompressSync(rawMember({ name: 'zeros', size: 2 ** 34 })), bomb]);
  const archive = rawTar(
    member('l', layer),
    member('c', configFor(layer)),
    savedAs({ config: 'c', layers: ['l'] }),
  );

  it('leaves the event loop to others, and ends when it is cancelled', async () => {
    const cancelling = new AbortController();
    const turns = Promise.withResolvers<undefined>();
    let turn = 0;
    const next = () => (++turn === 50 ? turns.resolve(undefined) : void setImmediate(next));
    const source = new ArchiveSource(archiveStream('bomb', Readable.from(pieces(archive, 65_536))));
    let isSettled = false;
    const reading = loadImage(source, () => undefined, cancelling.signal).finally(() => (isSettled = true));
    setImmediate(next);
    await turns.promise;
    expect(isSettled).toBe(false);
    cancelling.abort();
    await expect(reading).rejects.toMatchObject({ name: 'AbortError' });
  });
});

it('an archive may hold paths as deep as they can be', async () => {
  const deep = 'd/'.repeat(2047);
  const lower = rawTar(pax({ path: `${deep}f` }), { name: 'x', content: 'x' });
  const upper = rawTar(pax({ path: `${'d/'.repeat(2045)}.wh.d` }), { name: 'x' });
  const top = rawTar({ name: 'd', content: 'a file now' });
  const { analysis } = await loadMembers(...old([lower, upper, top]));
  expect(analysis.ledger).toMatchObject({ total: 11, live: 10, hidden: { deleted: 1 } });
});
