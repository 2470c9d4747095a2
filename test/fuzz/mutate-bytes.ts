/** Changes to bytes that know nothing of what the bytes mean. */
import type { Random } from './random.ts';

type Mutation = (bytes: Buffer, random: Random) => Buffer;

const BLOCK = 512;

/** `bytes` with the piece of `count` bytes at `at` replaced. */
function replaced(bytes: Buffer, at: number, count: number, piece: Uint8Array): Buffer {
  return Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(at + count)]);
}

const flip: Mutation = (bytes, random) => {
  const changed = Buffer.from(bytes);
  for (let times = random.below(8) + 1; times > 0; times--) {
    const at = random.below(bytes.length);
    changed[at] = (changed[at] ?? 0) ^ (1 << random.below(8));
  }
  return changed;
};

const insert: Mutation = (bytes, random) =>
  replaced(bytes, random.below(bytes.length + 1), 0, random.bytes(random.below(40) + 1));

const remove: Mutation = (bytes, random) =>
  replaced(bytes, random.below(bytes.length), random.below(600) + 1, Buffer.alloc(0));

const truncate: Mutation = (bytes, random) => bytes.subarray(0, random.below(bytes.length));

const zero: Mutation = (bytes, random) => {
  const changed = Buffer.from(bytes);
  const at = random.below(bytes.length);
  return changed.fill(
    random.chance(70) ? 0 : random.below(256),
    at,
    Math.min(bytes.length, at + random.below(2_000)),
  );
};

const blockAt = (bytes: Buffer, random: Random) => random.below(bytes.length / BLOCK + 1) * BLOCK;

const duplicateBlocks: Mutation = (bytes, random) => {
  const at = blockAt(bytes, random);
  const piece = bytes.subarray(at, at + BLOCK * (random.below(6) + 1));
  return replaced(bytes, blockAt(bytes, random), 0, piece);
};

const removeBlocks: Mutation = (bytes, random) =>
  replaced(bytes, blockAt(bytes, random), BLOCK * (random.below(4) + 1), Buffer.alloc(0));

const insertZeroBlocks: Mutation = (bytes, random) =>
  replaced(bytes, blockAt(bytes, random), 0, Buffer.alloc(BLOCK * (random.below(4) + 1)));

const appendGarbage: Mutation = (bytes, random) =>
  Buffer.concat([bytes, random.bytes(random.below(2_000) + 1)]);

const twice: Mutation = (bytes) => Buffer.concat([bytes, bytes]);

const MUTATIONS: readonly [Mutation, ...Mutation[]] = [
  flip,
  flip,
  insert,
  remove,
  truncate,
  zero,
  duplicateBlocks,
  removeBlocks,
  insertZeroBlocks,
  appendGarbage,
  twice,
];

export function mutateBytes(bytes: Buffer, random: Random): Buffer {
  return random.pick(MUTATIONS)(bytes, random);
}
