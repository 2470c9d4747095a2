// What a file is that is no tar: people give peel what their tools have made, and the format says what to do with it.

/** A format that peel does not read. */
interface ForeignFormat {
  readonly magic: readonly number[];
  /** What to say of such a file, in one sentence. */
  readonly said: string;
}

const packedWith = (program: string, magic: readonly number[]): ForeignFormat => ({
  magic,
  said: `It is packed with ${program}, which peel does not unpack: ${program} -dc FILE | peel -`,
});

/** By their first bytes (file(1), "magic"). */
const FORMATS: readonly ForeignFormat[] = [
  packedWith('xz', [0xfd, 0x37, 0x7a, 0x58]),
  packedWith('bzip2', [0x42, 0x5a, 0x68]),
  packedWith('lz4', [0x04, 0x22, 0x4d, 0x18]),
  packedWith('lzip', [0x4c, 0x5a, 0x49, 0x50]),
  packedWith('lzop', [0x89, 0x4c, 0x5a, 0x4f]),
  { magic: [0x50, 0x4b, 0x03, 0x04], said: 'It is a zip archive; images are kept in tar archives.' },
  { magic: [0x37, 0x7a, 0xbc, 0xaf], said: 'It is a 7-Zip archive; images are kept in tar archives.' },
  { magic: [0x68, 0x73, 0x71, 0x73], said: 'It is a SquashFS image of a file system, no container image.' },
];

/** What to say of a file that begins with these bytes and is no tar; null where they are of no format known here. */
export function foreignFormat(head: Uint8Array): string | null {
  const found = FORMATS.find(({ magic }) => magic.every((byte, index) => head[index] === byte));
  return found?.said ?? null;
}
