// How the tests' real images are made. Between them they hold every kind of change that a layer can make;
// the Dockerfiles say which.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { extract } from 'tar-stream';
import { debianBase } from './debian-base.ts';
import { type ContextEntry, type ImageBuilder, tarOf } from './image-builder.ts';

/** The test images. */
export type ImageName =
  'base' | 'debian' | 'busybox' | 'scratch' | 'varied' | 'tarballs' | 'gnu' | 'pax' | 'v7' | 'sparse';

/** Gives another image of the run, built if need be. */
export type Images = (name: ImageName) => Promise<string>;
type Recipe = (builder: ImageBuilder, image: Images) => Promise<string>;

function dockerfile(name: string): string {
  return readFileSync(join(import.meta.dirname, 'dockerfiles', `${name}.Dockerfile`), 'utf8');
}

/** Bytes that look like no text and are the same in every run. */
function noise(length: number, seed: number): Buffer {
  let state = seed;
  return Buffer.from(Array.from({ length }, () => (state = (state * 1103515245 + 12345) & 0x7fffffff) >> 16));
}

const payload: ContextEntry = { name: 'payload.bin', content: noise(250_000, 1) };

/** For ADD, which unpacks it: what it brings replaces what was there, whatever it was. */
async function archive(name: string, entries: readonly ContextEntry[]): Promise<ContextEntry> {
  return { name, content: await buffer(tarOf(entries)) };
}

const debian: Recipe = async (builder, image) => {
  const tree = await archive('tree.tar', [
    { name: 'bin/', type: 'directory', mode: 0o750, uid: 5, gid: 6 },
    { name: 'bin/run', content: noise(5000, 2), mode: 0o6711 },
    { name: 'bin/run-linked', type: 'link', linkname: 'bin/run' },
    { name: 'lib', type: 'symlink', linkname: 'bin' },
    { name: 'no/parent/of/its/own', content: 'x' },
  ]);
  return builder.build('debian', dockerfile('debian'), [payload, tree], { BASE: await image('base') });
};

const busybox: Recipe = async (builder, image) => {
  const app = [
    { name: 'app/config.json', content: '{"port": 8080}\n' },
    { name: 'app/assets/logo.bin', content: noise(80_000, 3) },
    { name: 'app/current-style', type: 'symlink', linkname: 'assets/logo.bin' } as const,
  ];
  return builder.build('busybox', dockerfile('busybox'), app, { BASE: await image('base') });
};

const scratch: Recipe = async (builder) =>
  builder.build('scratch', dockerfile('scratch'), [
    { name: 'first/etc/motd', content: 'welcome\n' },
    { name: 'first/data/a', content: noise(1000, 4), mode: 0o640 },
    { name: 'first/data/sub/b', content: noise(2000, 5) },
    { name: 'first/to-directory', content: 'a file' },
    { name: 'first/to-file/inner', content: 'in a directory' },
    { name: 'with space.txt', content: 'odd' },
    payload,
    await archive('replace.tar', [
      { name: 'to-directory/', type: 'directory' },
      { name: 'to-directory/inner', content: 'now inside' },
      { name: 'to-file', content: 'now a file' },
      { name: 'data/sub', type: 'symlink', linkname: '/etc' },
      { name: 'data/hard', type: 'link', linkname: 'to-file' },
      { name: 'data/queue', type: 'fifo' },
    ]),
  ]);

/** The attribute in which Linux keeps what a program may do (capabilities(7)): version 2, effective, NET_BIND_SERVICE. */
const mayBindLowPorts = {
  'SCHILY.xattr.security.capability': `\u0001\0\0\u0002\0\u0004${'\0'.repeat(14)}`,
};

/** The same two programs, once both with a capability, then one without. */
const varied: Recipe = async (builder, image) => {
  const program = { content: noise(3000, 6), mode: 0o755 };
  const capable = { ...program, pax: mayBindLowPorts };
  return builder.build(
    'varied',
    dockerfile('varied'),
    [
      payload,
      await archive('capable.tar', [
        { name: 'stays', ...capable },
        { name: 'goes', ...capable },
      ]),
      await archive('incapable.tar', [{ name: 'goes', ...program }]),
    ],
    { BASE: await image('base') },
  );
};

/** An image whose first layer is the archive /out/<format>.tar of the tarballs image. */
function imported(format: string): Recipe {
  return async (builder, image) => {
    const base = await builder.readPath(await image('tarballs'), `/out/${format}.tar`, async (tar) => {
      let reference: string | undefined;
      for await (const entry of tar.pipe(extract()))
        reference = await builder.import(`${format}-base`, Readable.from(entry));
      if (reference === undefined) throw new Error(`the tarballs image has no ${format}.tar`);
      return reference;
    });
    const replace = await archive('replace.tar', [
      { name: 'soft', content: 'a file now' },
      { name: 'etc/hard', type: 'link', linkname: 'soft' },
    ]);
    const context = [{ name: 'file', content: 'another content\n' }, replace];
    return builder.build(format, dockerfile('imported'), context, { BASE: base });
  };
}

const tarballs: Recipe = async (builder, image) =>
  builder.build('tarballs', dockerfile('tarballs'), [], { BASE: await image('base') });

/** All test images by name. `base` is a bare Debian, `tarballs` the archives that the last four are made of. */
export const imageRecipes: Readonly<Record<ImageName, Recipe>> = {
  base: (builder) => debianBase(builder, 'base'),
  debian,
  busybox,
  scratch,
  varied,
  tarballs,
  gnu: imported('gnu'),
  pax: imported('pax'),
  v7: imported('v7'),
  sparse: imported('sparse'),
};

/** Test images as one builder makes them, each of them once. */
export function imagesBy(builder: ImageBuilder): Images {
  const built = new Map<ImageName, Promise<string>>();
  const image: Images = async (name) => {
    let reference = built.get(name);
    if (reference === undefined) built.set(name, (reference = imageRecipes[name](builder, image)));
    return reference;
  };
  return image;
}

/** True for the name of a test image. */
export function isImageName(name: string): name is ImageName {
  return Object.hasOwn(imageRecipes, name);
}
