import { readFileSync } from 'node:fs';
import { gunzipSync, zstdDecompressSync } from 'node:zlib';
import { extract } from 'tar-stream';
import { describe, expect, it } from 'vitest';
import type { EntryType, LayerEntry } from './archive.ts';
import { copiesIn, judge, sizeOf, sortHidden, type Node } from './oracle.ts';
import { announceSkip, ledgerVectors, noFixtures, type VectorFile } from './vectors.ts';

const vectors = ledgerVectors();
if (noFixtures !== null) announceSkip('the oracle against the vectors', noFixtures);

describe.skipIf(noFixtures !== null)('the oracle agrees with a separate model of the same rules', () => {
  it('there are 24 vectors', () => {
    expect(vectors).toHaveLength(24);
  });

  it.each(vectors)('$name', async ({ archive, truth }) => {
    const verdict = judge(await layersOf(archive));
    expect(verdict.layers).toEqual(truth.layers);
    expect(verdict.totals).toEqual({
      layerBytes: truth.layerBytes,
      liveBytes: truth.liveBytes,
      overwrittenBytes: truth.overwrittenBytes,
      repeatedBytes: truth.repeatedBytes,
      deletedBytes: truth.deletedBytes,
    });
    expect(verdict.hidden).toEqual(sortHidden(truth.hidden));
    const files = [...verdict.final].map(([path, node]) => [path, asVectorFile(node)]);
    expect(Object.fromEntries(files)).toEqual(truth.files);
  });

  it.each(vectors)('$name adds up', async ({ archive }) => {
    const { totals, final } = judge(await layersOf(archive));
    const { layerBytes, liveBytes, overwrittenBytes, repeatedBytes, deletedBytes } = totals;
    expect(liveBytes + overwrittenBytes + repeatedBytes + deletedBytes).toBe(layerBytes);
    expect([...copiesIn(final)].reduce((sum, { content }) => sum + sizeOf(content), 0)).toBe(liveBytes);
  });
});

const asVectorFile = (node: Node): VectorFile => ({
  type: node.type,
  size: node.copy === null ? 0 : sizeOf(node.copy.content),
  mode: node.mode,
});

// A reader of image archives for this test alone, the slow and plain way: everything in memory.

async function layersOf(path: string): Promise<LayerEntry[][]> {
  const members = new Map<string, Buffer>();
  for (const { header, body } of await readTar(readFileSync(path))) members.set(header.name, body);
  const blobs = layerNames(members).map((name) => member(members, name));
  return Promise.all(blobs.map(async (blob) => (await readTar(decompress(blob))).map(toEntry)));
}

interface Descriptor {
  readonly digest: string;
}

function layerNames(members: ReadonlyMap<string, Buffer>): readonly string[] {
  const parse = (name: string): unknown => JSON.parse(member(members, name).toString());
  const inLayout = ({ digest }: Descriptor): string => `blobs/${digest.replace(':', '/')}`;
  if (members.has('manifest.json')) {
    const [image] = parse('manifest.json') as { Layers: string[] }[];
    return image?.Layers ?? [];
  }
  const [first] = (parse('index.json') as { manifests: Descriptor[] }).manifests;
  if (first === undefined) return [];
  return (parse(inLayout(first)) as { layers: Descriptor[] }).layers.map(inLayout);
}

function member(members: ReadonlyMap<string, Buffer>, name: string): Buffer {
  const body = members.get(name);
  if (body === undefined) throw new Error(`the archive has no ${name}`);
  return body;
}

function decompress(blob: Buffer): Buffer {
  if (blob.readUInt16BE(0) === 0x1f8b) return gunzipSync(blob);
  if (blob.readUInt32BE(0) === 0x28b52ffd) return zstdDecompressSync(blob);
  return blob;
}

/** What is read of a tar header. */
interface Header {
  readonly name: string;
  readonly type?: string | null | undefined;
  readonly linkname?: string | null | undefined;
  readonly mode?: number | undefined;
  readonly uid?: number | undefined;
  readonly gid?: number | undefined;
  readonly mtime?: Date | undefined;
}

interface Member {
  readonly header: Header;
  readonly body: Buffer;
}

async function readTar(tar: Buffer): Promise<Member[]> {
  const reader = extract();
  reader.end(tar);
  const members: Member[] = [];
  for await (const entry of reader) {
    const chunks: Buffer[] = [];
    for await (const chunk of entry) chunks.push(Buffer.from(chunk as Uint8Array));
    members.push({ header: entry.header, body: Buffer.concat(chunks) });
  }
  return members;
}

const entryTypes: Readonly<Record<string, EntryType>> = {
  file: 'file',
  directory: 'directory',
  symlink: 'symlink',
  link: 'hardlink',
};

function toEntry({ header, body }: Member): LayerEntry {
  const type = entryTypes[header.type ?? ''];
  if (type === undefined) throw new Error(`${header.name} is of no type that the vectors have`);
  return {
    name: header.name,
    type,
    content: body.toString('latin1'),
    link: header.linkname ?? '',
    mode: header.mode ?? 0,
    uid: header.uid ?? 0,
    gid: header.gid ?? 0,
    mtime: (header.mtime?.getTime() ?? 0) / 1000,
  };
}
