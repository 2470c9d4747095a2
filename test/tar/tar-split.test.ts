import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Entry } from '../../src/image/entry.ts';
import { layerSink } from '../../src/tar/read-layer.ts';
import { TarSplitReader } from '../../src/tar/tar-split.ts';
import { BLOCK, END, pax, type RawMember, rawTar } from '../harness/raw-tar.ts';
import { crcOf, splitOf } from '../harness/tar-split.ts';

/** The entries of a layer's tar. */
async function entriesOf(tar: Buffer): Promise<Entry[]> {
  const entries: Entry[] = [];
  const sink = layerSink({ add: (entry) => void entries.push(entry) });
  sink.write(tar);
  await sink.end();
  return entries;
}

/** The entries that the records of a tar-split stand for, and the bytes of their tar. */
function readSplit(records: string): { entries: Entry[]; tarBytes: number } {
  const entries: Entry[] = [];
  const reader = new TarSplitReader({ add: (entry) => void entries.push(entry) });
  for (const line of records.split('\n').slice(0, -1)) reader.take(line);
  reader.end();
  return { entries, tarBytes: reader.tarBytes };
}

const withoutChecksum = (entries: readonly Entry[]) => entries.map((entry) => ({ ...entry, checksum: null }));

const LAYER = rawTar(
  { name: 'etc/', type: '5', mode: 0o755 },
  { name: 'etc/passwd', content: 'root', uid: 1, gid: 2, mode: 0o4644, mtime: 99 },
  pax({ path: 'é/long', 'SCHILY.xattr.user.a': 'b', mtime: '1.5' }),
  { name: 'short', content: 'x'.repeat(BLOCK * 3) },
  { name: 'empty' },
  { name: 'hard', type: '1', link: 'etc/passwd' },
  { name: 'soft', type: '2', link: '../there' },
  { name: 'null', type: '3', device: [1, 3] },
);

describe('a tar-split', () => {
  it('stands for the entries of its tar, and for as many bytes', async () => {
    const { entries, tarBytes } = readSplit(splitOf(LAYER));
    expect(withoutChecksum(entries)).toEqual(withoutChecksum(await entriesOf(LAYER)));
    expect(tarBytes).toBe(LAYER.length);
  });

  it('tells equal payloads from others by their CRC', () => {
    const tar = rawTar(
      { name: 'a', content: 'same' },
      { name: 'b', content: 'same' },
      { name: 'c', content: 'else' },
    );
    const [a, b, c] = readSplit(splitOf(tar)).entries.map(({ checksum }) => checksum);
    expect(a).toEqual(b);
    expect(a).not.toEqual(c);
  });

  it('stands for any tar', async () => {
    const name = fc.stringMatching(/^[a-z]{1,20}$/);
    const content = fc.string({ maxLength: 2000, unit: fc.constantFrom('a', 'ÿ', '\0') });
    const members = fc.array(fc.record({ name, content }), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(members, async (files: RawMember[]) => {
        const tar = rawTar(...files);
        expect(withoutChecksum(readSplit(splitOf(tar)).entries)).toEqual(
          withoutChecksum(await entriesOf(tar)),
        );
      }),
    );
  });

  it('of an empty layer has no entries', () => {
    expect(readSplit(splitOf(Buffer.concat([END])))).toEqual({ entries: [], tarBytes: END.length });
  });
});

describe('records that do not fit are an error:', () => {
  const [header = '', , ...rest] = splitOf(rawTar({ name: 'a', content: 'same' })).split('\n');
  const file = (record: object) =>
    JSON.stringify({ type: 1, name: 'a', payload: crcOf(Buffer.from('same')), ...record });
  const records = (...lines: readonly string[]) => [header, ...lines, ...rest].join('\n');

  it.each([
    ['a payload of another size than its header says', file({ size: 5 })],
    ['a file without its CRC', file({ size: 4, payload: 'AAAA' })],
    ['an impossible size', file({ size: -1 })],
    ['neither a file nor a segment', file({ size: 4, type: 3 })],
    ['no JSON', 'x'],
    // The padding that follows is then taken for it.
    ['a payload', file({ size: 0 })],
  ])('%s', (what, line) => {
    expect(() => readSplit(records(line))).toThrow(`Unexpected record of a layer's tar-split: ${what}.`);
  });

  it('a sparse file, whose map stood in the payload', () => {
    const sparse = pax({
      'GNU.sparse.major': '1',
      'GNU.sparse.minor': '0',
      'GNU.sparse.name': 'a',
      'GNU.sparse.realsize': '4096',
    });
    const tar = rawTar(sparse, { name: 'a', content: `1\n0\n4\n`.padEnd(BLOCK, '\0') + 'data' });
    expect(() => readSplit(splitOf(tar))).toThrow(/Unexpected record/);
  });

  it('and so is a tar that goes on', () => {
    expect(() => readSplit(`${header}\n`)).toThrow('Unexpected end of data within a tar.');
  });
});
