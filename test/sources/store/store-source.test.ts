import { rmSync, writeFileSync } from 'node:fs';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { CHECKSUM_KEY_BYTES, type Entry, type EntrySink } from '../../../src/image/entry.ts';
import { PeelError } from '../../../src/image/errors.ts';
import type {
  ImageFacts,
  ImageSource,
  IndexReader,
  KnownLayer,
  LayerKey,
  SourceEvent,
} from '../../../src/image/source.ts';
import { Daemon } from '../../../src/sources/docker/daemon.ts';
import { unixEndpoint } from '../../../src/sources/docker/hosts.ts';
import { StoreSource, type StoreOptions } from '../../../src/sources/store/store-source.ts';
import { type ContentStoreDaemon, startContentStore } from '../../harness/content-store.ts';
import { forPlatform, indexBlob, laidOut } from '../../harness/layouts.ts';
import { BASE, layerTar, TOP } from '../../harness/saved.ts';
import { streamedFiles } from '../../harness/opened-files.ts';
import { NOBODY } from '../../harness/store-and-export.ts';

const { signal } = new AbortController();

const TARS = [BASE, TOP, BASE];
/** Packed in each way that registries have. */
const STORED = [gzipSync(BASE), zstdCompressSync(TOP), gzipSync(BASE)];
const IMAGE = laidOut(TARS, { stored: STORED });

const NOTHING_MUCH: Entry = {
  path: '',
  type: 'file',
  size: 0,
  mode: 0o644,
  uid: 0,
  gid: 0,
  mtime: 0,
  link: '',
  xattrs: '',
  checksum: null,
};

type Asked = NonNullable<IndexReader<EntrySink>['known']>;

interface Layer extends EntrySink {
  readonly paths: string[];
}
type Event = SourceEvent<Layer>;

/** An export that tells of an image of three layers. */
function exporting(): ImageSource {
  return {
    index: <L extends EntrySink>(reader: IndexReader<L>) => {
      const image = { source: 'docker', layers: [] } as unknown as ImageFacts;
      reader.on({ type: 'image', image });
      for (const index of TARS.keys()) {
        const blob = { digest: null, blobBytes: null, mismatches: null };
        reader.on({ type: 'layer', index, entries: reader.newLayer(), ...blob });
      }
      return Promise.resolve();
    },
    content: () => Promise.reject(new Error('It was asked for content.')),
  };
}

/** What a source tells of the image. */
async function told(
  { socket }: ContentStoreDaemon,
  options: StoreOptions = {},
  exported: ImageSource = NOBODY,
  memory: Partial<IndexReader<Layer>> = {},
): Promise<Event[]> {
  const events: Event[] = [];
  const source = new StoreSource(new Daemon(unixEndpoint(socket)), 'shop', exported, options);
  const newLayer = (): Layer => {
    const paths: string[] = [];
    return { paths, add: ({ path }) => void paths.push(path) };
  };
  await source.index<Layer>({ ...memory, newLayer, on: (event) => void events.push(event) }, signal);
  return events;
}

const layersIn = (events: readonly Event[]) => events.filter((event) => event.type === 'layer');
const imageIn = (events: readonly Event[]) => events.findLast((event) => event.type === 'image')?.image;

describe('an image in containerd’s store', () => {
  it('has its layers told from the base up, each with its blob, one that comes twice read once', async () => {
    const layers = layersIn(await told(await startContentStore(IMAGE)));
    expect(layers.map(({ index, entries }) => [index, entries.paths])).toEqual([
      [0, ['a', 'b']],
      [1, ['a']],
      [2, ['a', 'b']],
    ]);
    expect(layers[2]?.entries).toBe(layers[0]?.entries);
    expect(layers.map(({ digest, blobBytes }) => [digest, blobBytes])).toEqual(
      IMAGE.layers.map(({ descriptor }, index) => [descriptor.digest, STORED[index]?.length]),
    );
    expect(layers.map(({ mismatches }) => mismatches)).toEqual([null, null, null]);
  });

  it('has the names that its export would have', async () => {
    expect(imageIn(await told(await startContentStore(IMAGE)))).toMatchObject({
      source: 'store',
      reference: 'shop:latest',
      id: IMAGE.config.descriptor.digest,
      digest: IMAGE.manifest.descriptor.digest,
    });
  });

  it('is read at a pace that is told: as many bytes in the end as there were said to be', async () => {
    const progress = (await told(await startContentStore(IMAGE))).filter(({ type }) => type === 'progress');
    const bytes = (STORED[0]?.length ?? 0) + (STORED[1]?.length ?? 0);
    expect(progress.at(-1)).toEqual({ type: 'progress', phase: 'reading', bytes, total: bytes });
  });

  it('has its digests reckoned where that is wanted', async () => {
    const daemon = await startContentStore(IMAGE);
    const sound = layersIn(await told(daemon, { verifies: true, isForced: true }));
    expect(sound.map(({ mismatches }) => mismatches)).toEqual([[], [], []]);
    writeFileSync(daemon.fileOf(IMAGE.layers[1]?.descriptor.digest ?? ''), gzipSync(BASE));
    const broken = layersIn(await told(daemon, { verifies: true, isForced: true }));
    expect(broken.map(({ mismatches }) => mismatches?.map((each) => each.of))).toEqual([
      [],
      ['digest', 'diffId'],
      [],
    ]);
  });

  it('is chosen by platform from an index of which only that one is there', async () => {
    const other = laidOut([layerTar({ name: 'other' })], { config: { architecture: 'arm64' } });
    const index = indexBlob(forPlatform(other, 'linux/arm64'), forPlatform(IMAGE, 'linux/amd64'));
    const { digest } = index.descriptor;
    const image = imageIn(await told(await startContentStore(IMAGE, { more: [index.member], digest })));
    expect(image).toMatchObject({ digest: IMAGE.manifest.descriptor.digest });
  });

  it('is pulled first where that is wanted and it is not there', async () => {
    const keychain = { folder: '/nowhere', env: {} };
    const missing = () => startContentStore(IMAGE, { isHere: false });
    const events = await told(await missing(), { keychain, isForced: true });
    expect(events[0]?.type).toBe('pull');
    expect(layersIn(events)).toHaveLength(3);
    await expect(told(await missing(), { isForced: true })).rejects.toThrow(/holds no image shop:latest/);
  });
});

describe('layers of containerd’s store that are known', () => {
  const KNOWN: KnownLayer = {
    blobBytes: null,
    *replay(entries) {
      yield;
      entries.add({ ...NOTHING_MUCH, path: 'known' });
    },
  };

  /** What the reader is asked for. */
  async function keysOf(daemon: ContentStoreDaemon, options: StoreOptions = {}) {
    const asked: (readonly (LayerKey | null)[])[] = [];
    const known: Asked = (keys) => {
      asked.push(keys);
      return Promise.resolve(keys.map(() => null));
    };
    await told(daemon, options, NOBODY, { known });
    expect(asked).toHaveLength(1);
    return asked[0] ?? [];
  }

  it('are not read, and count as read', async () => {
    const daemon = await startContentStore(IMAGE);
    const [base] = await keysOf(daemon);
    const files = streamedFiles();
    const known: Asked = (keys) => Promise.resolve(keys.map((key) => (key === base ? KNOWN : null)));
    const events = await told(daemon, {}, NOBODY, { known });
    expect(files).toEqual([daemon.fileOf(IMAGE.layers[1]?.descriptor.digest ?? '')]);
    expect(layersIn(events).map(({ entries }) => entries.paths)).toEqual([['known'], ['a'], ['known']]);
    expect(layersIn(events).map(({ digest, blobBytes }) => [digest, blobBytes])).toEqual(
      IMAGE.layers.map(({ descriptor }, index) => [descriptor.digest, STORED[index]?.length]),
    );
    const progress = events.filter((event) => event.type === 'progress').at(-1);
    expect(progress?.bytes).toBe(progress?.total);
  });

  it('have the keys of their blobs, in this store and in no other', async () => {
    const keys = await keysOf(await startContentStore(IMAGE));
    expect(keys[0]).toBe(keys[2]);
    expect(new Set(keys).size).toBe(2);
    const others = await keysOf(await startContentStore(IMAGE));
    expect(others.filter((key) => keys.includes(key))).toEqual([]);
  });

  it('are all read where digests are to be reckoned', async () => {
    expect(await keysOf(await startContentStore(IMAGE), { verifies: true })).toEqual([null, null, null]);
  });

  it('have checksums under one key, those that are read by an export among them', async () => {
    const daemon = await startContentStore(IMAGE);
    writeFileSync(daemon.fileOf(IMAGE.layers[1]?.descriptor.digest ?? ''), 'no tar');
    const checksumKey = Buffer.alloc(CHECKSUM_KEY_BYTES, 7);
    const plain = exporting();
    const heard: (Uint8Array | undefined)[] = [];
    const exported: ImageSource = {
      ...plain,
      index: (reader, either) => {
        heard.push(reader.checksumKey);
        return plain.index(reader, either);
      },
    };
    await told(daemon, {}, exported, { checksumKey });
    expect(heard).toEqual([checksumKey]);
  });
});

describe('where a file of containerd’s store is not as it should be', () => {
  const withoutBlob = async () => {
    const daemon = await startContentStore(IMAGE);
    rmSync(daemon.fileOf(IMAGE.layers[1]?.descriptor.digest ?? ''));
    return daemon;
  };

  it('the export is read, and the image says why', async () => {
    const events = await told(await withoutBlob(), {}, exporting());
    expect(layersIn(events)).toHaveLength(3);
    expect(imageIn(events)).toMatchObject({ source: 'docker' });
    expect(imageIn(events)?.note).toMatch(/^exported, because its files cannot be read: .*no such file/);
  });

  it('that is told where nothing but the files is wanted', async () => {
    const failure = told(await withoutBlob(), { isForced: true });
    await expect(failure).rejects.toThrow(PeelError);
    await expect(failure).rejects.toThrow(/^The daemon's own files cannot be read: .*no such file/);
  });

  it('a document is not believed that is another one than its digest says', async () => {
    const daemon = await startContentStore(IMAGE);
    writeFileSync(daemon.fileOf(IMAGE.config.descriptor.digest), '{}');
    expect(imageIn(await told(daemon, {}, exporting()))?.note).toMatch(/not the document/);
  });

  it('layers that have been told of stay: each comes once', async () => {
    const daemon = await startContentStore(IMAGE);
    writeFileSync(daemon.fileOf(IMAGE.layers[1]?.descriptor.digest ?? ''), 'no tar');
    const events = await told(daemon, {}, exporting());
    const indices = layersIn(events).map(({ index }) => index);
    expect(indices.toSorted()).toEqual([0, 1, 2]);
    expect(imageIn(events)?.note).toMatch(/Layer 1 /);
  });

  it('a daemon whose folder is not here has its image exported', async () => {
    const daemon = await startContentStore(IMAGE);
    rmSync(daemon.root, { recursive: true });
    expect(imageIn(await told(daemon, {}, exporting()))?.note).toMatch(/ENOENT|no such file/);
  });
});
