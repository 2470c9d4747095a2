/** Archives as they come when something has gone wrong. */
import { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { ArchiveSource } from '../../src/sources/archive.ts';
import { pax, rawTar } from '../harness/raw-tar.ts';
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
  sourceOf,
  TOP,
} from '../harness/saved.ts';

describe('what cannot be read is told in one line', () => {
  const whole = rawTar(...old([BASE, TOP]));

  it('an empty file', async () => {
    await expect(load(sourceOf(Buffer.alloc(0)))).rejects.toMatchObject({
      code: 'not-an-image',
      message: 'shop.tar: It is empty.',
    });
  });

  it.each([
    ['a text shorter than a header', Buffer.from('hello\n')],
    ['a text', Buffer.from('just some words, not an image\n'.repeat(100))],
    ['a picture', Buffer.from('\x89PNG\r\n'.repeat(300), 'latin1')],
    ['a gzip of a text', gzipSync(Buffer.from('just some words\n'.repeat(100)))],
  ])('%s', async (_, bytes) => {
    await expect(load(sourceOf(bytes))).rejects.toMatchObject({ code: 'not-an-image' });
  });

  it.each([
    ['xz', '\xfd7zXZ\0', 'It is packed with xz, which peel does not unpack: xz -dc FILE | peel -'],
    ['bzip2', 'BZh91AY', 'It is packed with bzip2, which peel does not unpack: bzip2 -dc FILE | peel -'],
    ['zip', 'PK\x03\x04', 'It is a zip archive; images are kept in tar archives.'],
  ])('what is packed with %s', async (_, magic, said) => {
    for (const length of [20, 2000]) {
      await expect(load(sourceOf(Buffer.from(magic.padEnd(length, '.'), 'latin1')))).rejects.toMatchObject({
        code: 'not-an-image',
        message: `shop.tar: ${said}`,
      });
    }
  });

  it('a tar whose first member is called like a packed file', async () => {
    const { image } = await loadMembers({ name: 'BZh9', content: '' }, ...old([BASE]));
    expect(image.reference).toBe('shop:1');
  });

  it('zeros without end, after so many', async () => {
    const zeros = Buffer.alloc(1024 * 1024);
    let pieces = 0;
    async function* endless() {
      for (;;) {
        pieces++;
        yield zeros;
        await setImmediate();
      }
    }
    const source = new ArchiveSource({ name: 'zero', total: null, open: () => Readable.from(endless()) });
    await expect(load(source)).rejects.toMatchObject({
      code: 'not-an-image',
      message: 'zero: It is no tar archive: it begins with nothing but zeros.',
    });
    expect(pieces).toBeGreaterThan(64);
    expect(pieces).toBeLessThan(128);
  });

  it('a tar that is no image', async () => {
    await expect(loadMembers({ name: 'README', content: 'hello' })).rejects.toMatchObject({
      code: 'not-an-image',
      message: expect.stringContaining('neither manifest.json nor index.json') as string,
    });
  });

  it('an archive that was cut off, wherever that is', async () => {
    for (let at = 600; at < whole.length - 2048; at += 700) {
      await expect(load(sourceOf(whole.subarray(0, at)))).rejects.toMatchObject({
        code: expect.stringMatching(/^(?:broken-stream|not-an-image)$/) as string,
        message: expect.stringMatching(/^shop\.tar: [^\n]+cut off\.$/) as string,
      });
    }
  });

  it('a packed archive that was cut off', async () => {
    const packed = gzipSync(whole);
    await expect(load(sourceOf(packed.subarray(0, packed.length - 20)))).rejects.toMatchObject({
      code: 'broken-stream',
      message: 'shop.tar: It ends too early: the archive was cut off.',
    });
  });

  it('a layer that is missing', async () => {
    const [first, ...others] = old([BASE, TOP]);
    expect(first?.name).toContain('layer.tar');
    await expect(loadMembers(...others)).rejects.toMatchObject({
      code: 'broken-stream',
      message: expect.stringContaining('Layer 0') as string,
    });
  });

  it('a config that is missing, or none', async () => {
    const saved = savedAs({ config: 'c.json', layers: [] });
    await expect(loadMembers(saved)).rejects.toMatchObject({ code: 'not-an-image' });
    await expect(loadMembers(saved, member('c.json', '{"a":1}'))).rejects.toMatchObject({
      code: 'not-an-image',
    });
    await expect(loadMembers(saved, member('c.json', '{broken'))).rejects.toMatchObject({
      code: 'not-an-image',
      message: 'shop.tar: The image config is not JSON.',
    });
  });

  it('a config and a manifest that do not agree', async () => {
    const members = [
      member('l', BASE),
      member('c', configFor(BASE, TOP)),
      savedAs({ config: 'c', layers: ['l'] }),
    ];
    await expect(loadMembers(...members)).rejects.toMatchObject({
      code: 'not-an-image',
      message: 'shop.tar: The config speaks of 2 layers, the manifest of 1.',
    });
  });

  it('a manifest that names no image', async () => {
    await expect(loadMembers(member('manifest.json', '[]'))).rejects.toMatchObject({ code: 'not-an-image' });
  });

  it('JSON that is larger than any real one', async () => {
    const huge = `{"a":"${'x'.repeat(16 * 1024 * 1024)}"}`;
    await expect(loadMembers(member('manifest.json', huge))).rejects.toMatchObject({
      code: 'hostile',
      message: expect.stringContaining('16 MiB') as string,
    });
  });

  it('JSON that is nested as no document is', async () => {
    await expect(loadMembers(member('manifest.json', '['.repeat(100_000)))).rejects.toMatchObject({
      code: 'hostile',
      message: 'shop.tar: manifest.json is JSON nested deeper than 128.',
    });
  });

  it('an index that leads back to itself, a thousand times', async () => {
    const { name, descriptor } = blob('the index, whose digest nobody checks');
    const index = JSON.stringify({ manifests: Array.from({ length: 1000 }, () => descriptor) });
    await expect(loadMembers(member(name, index), member('index.json', index))).rejects.toMatchObject({
      code: 'hostile',
      message: 'shop.tar: index.json leads to more than 10000 manifests.',
    });
  });

  it('more layers than a hundred images have', async () => {
    const empty = layerTar();
    const layers = Array.from({ length: 16_385 }, (_, index) => member(`${index}`, empty));
    await expect(loadMembers(...layers)).rejects.toMatchObject({
      code: 'hostile',
      message: 'shop.tar: It holds more than 16384 layers.',
    });
  });

  it('members with names that would fill the memory', async () => {
    const long = pax({ linkpath: 'l'.repeat(1_000_000) });
    const links = Array.from({ length: 20 }, (_, index) => [long, { name: `${index}`, type: '2' }]);
    await expect(loadMembers(...links.flat())).rejects.toMatchObject({
      code: 'hostile',
      message: 'shop.tar: The names of its members are longer than 16 MiB.',
    });
  });

  it('a layer whose names climb out of the image', async () => {
    await expect(
      loadMembers(...old([layerTar({ name: '../etc/passwd', content: 'x' })])),
    ).rejects.toMatchObject({
      code: 'hostile',
    });
  });

  it('a damaged layer', async () => {
    const damaged = Buffer.from(BASE);
    damaged.fill(0x7f, 0, 100);
    await expect(loadMembers(...old([BASE, damaged]))).rejects.toMatchObject({ code: 'broken-stream' });
  });

  it.each([
    ['a config', [savedAs({ config: '\u001b]0;x\u0007', layers: [] })]],
    ['a layer', [member('c', configFor(BASE)), savedAs({ config: 'c', layers: ['\u001b[31m'] })]],
    [
      'tags',
      [savedAs({ config: 'c', tags: ['\u001b[2J'], layers: [] }, { config: 'd', tags: ['e'], layers: [] })],
    ],
    ['JSON', [member('index.json', '{"manifests":[{"digest":"sha256:\u202e"}]}')]],
  ])('without sending on what %s may be called', async (_, members) => {
    const message = await loadMembers(...members).then(
      () => 'no failure',
      (error: unknown) => (error as Error).message,
    );
    expect(message).not.toBe('no failure');
    expect(message).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
  });
});
