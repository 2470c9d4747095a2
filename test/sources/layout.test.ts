/** Images that lie in a directory, file by file. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { hash } from 'node:crypto';
import { join } from 'node:path';
import { gunzipSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { loadImage } from '../../src/cli/load-image.ts';
import type { SourceEvent } from '../../src/image/source.ts';
import { type Report, reportOf } from '../../src/report/report.ts';
import { layoutKind } from '../../src/sources/layout-directory.ts';
import { LayoutSource } from '../../src/sources/layout.ts';
import { LayerEntries, ImageTables } from '../../src/tree/layer-entries.ts';
import {
  asDir,
  emptyDirectory,
  indexBlob,
  indexOf,
  laidOut,
  loadLayout,
  tagged,
  written,
} from '../harness/layouts.ts';
import { contentsOf, requestFor, textOfOne } from '../harness/contents.ts';
import { rawTar } from '../harness/raw-tar.ts';
import { BASE, layerTar, load, sha256, sourceOf, TOP } from '../harness/saved.ts';

const { signal } = new AbortController();
const packed = [gzipSync(BASE), zstdCompressSync(TOP)];
const image = laidOut([BASE, TOP], { stored: packed });
const layout = [...image.members, ...indexOf(tagged(image, 'shop:1'))];

/** What a report says, whatever the image was stored in. */
function told({ image, ...rest }: Report) {
  return { ...rest, image: { ...image, source: null } };
}

/** All that a source tells while it reads. */
async function eventsOf(source: LayoutSource): Promise<SourceEvent<LayerEntries>[]> {
  const tables = new ImageTables();
  const events: SourceEvent<LayerEntries>[] = [];
  await source.index<LayerEntries>(
    { newLayer: () => new LayerEntries(tables), on: (event) => events.push(event) },
    signal,
  );
  return events;
}

describe('an image layout', () => {
  it('gives the report that an archive of it gives', async () => {
    const ofDirectory = reportOf(await loadLayout(written(layout)), true);
    const ofArchive = reportOf(await load(sourceOf(rawTar(...layout))), true);
    expect(told(ofDirectory)).toEqual(told(ofArchive));
    expect(ofDirectory.image).toMatchObject({
      source: 'layout',
      reference: 'shop:1',
      id: image.config.descriptor.digest,
      digest: image.manifest.descriptor.digest,
    });
    expect(ofDirectory.layers.map(({ blobBytes }) => blobBytes)).toEqual(packed.map(({ length }) => length));
  });

  it('is told of before its layers, which come in order, in bytes of all bytes', async () => {
    const events = await eventsOf(new LayoutSource({ path: written(layout), kind: 'oci' }));
    const order = events.filter(({ type }) => type !== 'progress');
    expect(order.map((event) => (event.type === 'layer' ? event.index : event.type))).toEqual([
      'image',
      0,
      1,
    ]);
    const total = packed.reduce((sum, { length }) => sum + length, 0);
    expect(events.filter(({ type }) => type === 'progress').at(-1)).toMatchObject({ bytes: total, total });
  });

  it('may have a layer several times: it is read once', async () => {
    const again = laidOut([BASE, TOP, BASE]);
    const path = written([...again.members, ...indexOf(tagged(again, 'shop:1'))]);
    const events = await eventsOf(new LayoutSource({ path, kind: 'oci' }));
    expect(events.filter(({ type }) => type === 'layer')).toHaveLength(3);
    const total = BASE.length + TOP.length;
    expect(events.filter(({ type }) => type === 'progress').at(-1)).toMatchObject({ bytes: total, total });
    const { files = [] } = reportOf(await loadLayout(path), true);
    expect(files.map(({ path, size }) => `${path} ${size}`)).toEqual(['/a 3', '/b 3']);
  });

  it('may say nothing, or something strange, of what its blobs are', async () => {
    const descriptor = { ...tagged(image, 'shop:1'), mediaType: 'application/x-nonsense' };
    const path = written([...image.members, ...indexOf(descriptor)]);
    expect((await loadLayout(path)).image.reference).toBe('shop:1');
  });

  it('may have something large beside its images that is none: nobody asks for it', async () => {
    const bill = `{"bill":"${'x'.repeat(17 * 1024 * 1024)}"}`;
    const index = indexOf(tagged(image, 'shop:1'), { digest: `sha256:${sha256(bill)}` });
    const path = written([...image.members, ...index]);
    writeFileSync(join(path, 'blobs/sha256', sha256(bill)), bill);
    expect((await loadLayout(path)).image.reference).toBe('shop:1');
  });

  it('is strict about its digests: a compressed blob may not be called by its diff ID', async () => {
    const first = packed[0] ?? Buffer.alloc(0);
    const diffId = sha256(gunzipSync(first));
    const layers = [{ digest: `sha256:${diffId}` }, { digest: image.layers[1]?.descriptor.digest }];
    const manifest = JSON.stringify({ config: image.config.descriptor, layers });
    const path = written([...image.members, ...indexOf({ digest: `sha256:${sha256(manifest)}` })]);
    writeFileSync(join(path, 'blobs/sha256', diffId), first);
    writeFileSync(join(path, 'blobs/sha256', sha256(manifest)), manifest);
    const { blobs } = await loadLayout(path);
    expect(blobs.map(({ mismatches }) => mismatches?.map(({ of }) => of))).toEqual([['digest'], []]);
  });

  it('may have SHA-512 for its digests', async () => {
    const config = image.config.descriptor;
    const layer512 = hash('sha512', packed[0] ?? '');
    const layers = [{ digest: `sha512:${layer512}` }, { digest: image.layers[1]?.descriptor.digest }];
    const manifest = JSON.stringify({ config, layers });
    const path = written([...image.members, ...indexOf({ digest: `sha256:${sha256(manifest)}` })]);
    mkdirSync(join(path, 'blobs/sha512'));
    writeFileSync(join(path, 'blobs/sha512', layer512), packed[0] ?? '');
    writeFileSync(join(path, 'blobs/sha256', sha256(manifest)), manifest);
    expect((await loadLayout(path)).blobs[0]?.digest).toBe(`sha512:${layer512}`);
  });

  it('may have its blobs as symlinks, as build tools make them', async () => {
    const path = written(layout);
    const [base] = image.layers;
    const file = join(path, base?.name ?? '');
    rmSync(file);
    writeFileSync(join(path, 'elsewhere'), packed[0] ?? '');
    symlinkSync(join(path, 'elsewhere'), file);
    expect((await loadLayout(path)).blobs).toHaveLength(2);
  });
});

describe('a directory that skopeo has written as dir:', () => {
  it('gives the same report, but for the name that it does not have', async () => {
    const report = reportOf(await loadLayout(written(asDir(image)), undefined, 'dir'), true);
    const ofLayout = reportOf(await loadLayout(written(layout)), true);
    expect(report.image.reference).toBeNull();
    expect({ ...report, image: { ...report.image, reference: 'shop:1' } }).toEqual(ofLayout);
  });

  it('may be for several platforms, each with a manifest of its own', async () => {
    const arm = laidOut([TOP], { config: { architecture: 'arm64' } });
    const list = indexBlob(image.manifest.descriptor, arm.manifest.descriptor);
    const manifests = [image, arm].map(({ manifest: { member, descriptor } }) => ({
      ...member,
      name: `${descriptor.digest.slice('sha256:'.length)}.manifest.json`,
    }));
    const flat = [image, arm].flatMap((each) => asDir(each).filter(({ name }) => name !== 'manifest.json'));
    const path = written([...flat, ...manifests, { ...list.member, name: 'manifest.json' }]);
    const platform = { os: 'linux', architecture: 'arm64', variant: null };
    const { image: facts } = await loadLayout(path, { name: null, platform }, 'dir');
    expect(facts).toMatchObject({ id: arm.config.descriptor.digest, platform: 'linux/arm64' });
  });
});

describe('what a directory is', () => {
  it('is told by what lies in it', async () => {
    expect(await layoutKind(written(layout))).toBe('oci');
    expect(await layoutKind(written(asDir(image)))).toBe('dir');
    expect(await layoutKind(written(layout.filter(({ name }) => name !== 'oci-layout')))).toBe('oci');
  });

  it.each([
    ['nothing', []],
    ['an index of something else', [{ name: 'index.json', content: '{}' }]],
    ['the manifest of a web page', [{ name: 'manifest.json', content: '{"name":"app"}' }]],
    [
      'a manifest and a version of something else',
      [
        { name: 'manifest.json', content: '{}' },
        { name: 'version', content: '3' },
      ],
    ],
  ])('is no image where there is %s', async (_, members) => {
    expect(await layoutKind(written(members))).toBeNull();
  });

  it('is no image where there is no directory', async () => {
    expect(await layoutKind('/nonexistent')).toBeNull();
    expect(await layoutKind('/dev/null')).toBeNull();
  });
});

describe('the content of a file', () => {
  const path = () => written(layout);
  const opened = async (at: string) => {
    const source = new LayoutSource({ path: at, kind: 'oci' });
    const { analysis } = await loadImage(source, () => undefined, signal);
    return { source, analysis };
  };

  it('is read out of its one blob', async () => {
    const at = path();
    const { source, analysis } = await opened(at);
    // The other layer is not looked at.
    rmSync(join(at, image.layers[0]?.name ?? ''));
    expect(await textOfOne(source, requestFor(analysis, 'a'))).toBe('three');
  });

  it('comes in one pass over the blobs that store it, packed or not', async () => {
    const { source, analysis } = await opened(path());
    const requests = [requestFor(analysis, 'b'), requestFor(analysis, 'a'), requestFor(analysis, 'a', 0)];
    expect((await contentsOf(source, requests)).map(String)).toEqual(['two', 'three', 'one']);
  });

  it('is refused before the index', async () => {
    const source = new LayoutSource({ path: path(), kind: 'oci' });
    const asked = contentsOf(source, [{ layer: 0, entry: 0, path: 'a', size: 3 }]);
    await expect(asked).rejects.toMatchObject({ code: 'file' });
  });

  it('is refused where the layout has something else in its place by now, or nothing', async () => {
    const at = path();
    const { source, analysis } = await opened(at);
    const request = requestFor(analysis, 'b');
    const changed = { code: 'file', message: expect.stringContaining('has changed since') as string };
    for (const other of [{ entry: 7 }, { layer: 7 }, { path: 'c' }, { size: 4 }]) {
      await expect(contentsOf(source, [{ ...request, ...other }])).rejects.toMatchObject(changed);
    }
    const blob = join(at, image.layers[0]?.name ?? '');
    writeFileSync(blob, gzipSync(BASE).subarray(0, 40));
    await expect(contentsOf(source, [request])).rejects.toMatchObject({
      code: 'file',
      message: `${at}: It has changed since it was opened. Open it again.`,
    });
    rmSync(blob);
    await expect(contentsOf(source, [request])).rejects.toThrow('ENOENT');
  });

  it('can be given up', async () => {
    const { source, analysis } = await opened(path());
    const aborted = AbortSignal.abort();
    await expect(contentsOf(source, [requestFor(analysis, 'a')], aborted)).rejects.toBe(aborted.reason);
  });
});

describe('what is wrong with a layout is told in one line', () => {
  const [base] = image.layers;
  const without = (name: string | undefined) => layout.filter((each) => each.name !== name);

  it('a layer that is missing', async () => {
    const path = written(without(base?.name));
    await expect(loadLayout(path)).rejects.toMatchObject({
      code: 'broken-stream',
      message: `${path}: Layer 0 (${base?.descriptor.digest}) is missing: no such blob.`,
    });
  });

  it('a config that is missing', async () => {
    await expect(loadLayout(written(without(image.config.name)))).rejects.toMatchObject({
      code: 'not-an-image',
      message: expect.stringMatching(/The image config blobs\/sha256\/[0-9a-f]{64} is missing\.$/) as string,
    });
  });

  it('a manifest that is missing', async () => {
    await expect(loadLayout(written(without(image.manifest.name)))).rejects.toMatchObject({
      code: 'no-such-image',
      message: expect.stringContaining('is listed, but its content is not in this layout') as string,
    });
  });

  it('a layer that was cut off, or damaged', async () => {
    const path = written(layout);
    const file = join(path, base?.name ?? '');
    writeFileSync(file, (packed[0] ?? Buffer.alloc(0)).subarray(0, 40));
    await expect(loadLayout(path)).rejects.toMatchObject({
      code: 'broken-stream',
      message: `${path}: Layer 0 (${base?.descriptor.digest}) ends too early`,
    });
    writeFileSync(file, Buffer.alloc(2000, 'no tar'));
    await expect(loadLayout(path)).rejects.toMatchObject({
      code: 'broken-stream',
      message: expect.stringMatching(/Layer 0 .* is damaged: [^\n]+$/) as string,
    });
  });

  it('a layer whose names climb out of the image', async () => {
    const climbing = laidOut([layerTar({ name: '../etc/passwd', content: 'x' })]);
    const path = written([...climbing.members, ...indexOf(tagged(climbing, 'x'))]);
    await expect(loadLayout(path)).rejects.toMatchObject({ code: 'hostile' });
  });

  it('a blob that is no file: nobody waits for a FIFO', async () => {
    const path = written(without(base?.name));
    execFileSync('mkfifo', [join(path, base?.name ?? '')]);
    await expect(loadLayout(path)).rejects.toMatchObject({ code: 'broken-stream' });
  });

  it('a directory without the document that it should begin with', async () => {
    for (const kind of ['oci', 'dir'] as const) {
      await expect(loadLayout(emptyDirectory(), undefined, kind)).rejects.toMatchObject({
        code: 'not-an-image',
        message: expect.stringMatching(/It has no (?:index|manifest)\.json\.$/) as string,
      });
    }
  });

  it('an index that is no JSON', async () => {
    const path = written([{ name: 'index.json', content: '{oh' }, { name: 'oci-layout' }]);
    await expect(loadLayout(path)).rejects.toMatchObject({ message: `${path}: index.json is not JSON.` });
  });
});

describe('a layout that names files of the machine it is opened on', () => {
  it.each([
    'sha256:../../etc/passwd',
    'sha256:../../../../../../../../etc/passwd',
    '../..:etc',
    'sha256:/etc/passwd',
    `sha256:${'0'.repeat(64)}/../../x`,
    'sha256:',
    'sha256:ABCDEF',
    `..:${'0'.repeat(64)}`,
  ])('is refused: %s', async (digest) => {
    const hostile = { code: 'hostile', message: expect.stringContaining('is no digest') as string };
    await expect(loadLayout(written(indexOf({ digest })))).rejects.toMatchObject(hostile);
    const config = image.config.descriptor;
    for (const manifest of [
      { config: { digest }, layers: [] },
      { config, layers: [{ digest }] },
    ]) {
      const text = JSON.stringify(manifest);
      const files = [{ name: `blobs/sha256/${sha256(text)}`, content: text }, ...image.members];
      const path = written([...files, ...indexOf({ digest: `sha256:${sha256(text)}` })]);
      await expect(loadLayout(path)).rejects.toMatchObject(hostile);
      const dir = written([{ name: 'manifest.json', content: text }]);
      await expect(loadLayout(dir, undefined, 'dir')).rejects.toMatchObject(hostile);
    }
  });
});
