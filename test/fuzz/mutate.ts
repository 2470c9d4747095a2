/**
 * Changes to an archive at any depth: a packed one is unpacked, a tar taken apart, a member changed as what it is,
 * and all put together again with sizes and checksums that are right, so that what is wrong lies behind them.
 */
import { gunzipSync, gzipSync, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { member, pax } from '../harness/raw-tar.ts';
import { mutateBytes } from './mutate-bytes.ts';
import { mutateJson } from './mutate-json.ts';
import type { Random } from './random.ts';
import { hostileSparse } from './sparse-members.ts';
import { BLOCK, type Part, partsOf, repair, tarOf, withPayload } from './tar-parts.ts';
import { NAMES, NUMBER_FIELDS, PAX_KEYS, PAX_NUMBERS, PAX_PAYLOADS, TYPE_FLAGS } from './vocabulary.ts';

/** @param other another archive, to be spliced with. */
export function mutate(bytes: Buffer, other: Buffer, random: Random): Buffer {
  if (random.chance(6)) return mutateBytes(bytes, random);
  const unpacked = unpackedFrom(bytes);
  if (unpacked !== null) return unpacked.pack(mutate(unpacked.bytes, other, random));
  const { parts, tail } = partsOf(bytes);
  if (parts.length === 0) return mutateJson(bytes, random) ?? mutateBytes(bytes, random);
  let changed = parts;
  for (let times = random.below(3) + 1; times > 0; times--) changed = mutateParts(changed, other, random);
  return tarOf(changed, tail);
}

interface Unpacked {
  readonly bytes: Buffer;
  pack(bytes: Buffer): Buffer;
}

function unpackedFrom(bytes: Buffer): Unpacked | null {
  const limit = { maxOutputLength: 4_000_000 };
  try {
    if (bytes[0] === 0x1f) {
      return { bytes: gunzipSync(bytes, limit), pack: (changed) => gzipSync(changed, { level: 1 }) };
    }
    if (bytes[0] === 0x28 && bytes[1] === 0xb5) {
      return { bytes: zstdDecompressSync(bytes, limit), pack: (changed) => zstdCompressSync(changed) };
    }
  } catch {
    // Broken already: to be changed as bytes.
  }
  return null;
}

type PartsMutation = (parts: Part[], at: number, random: Random, other: Buffer) => Part[];

const drop: PartsMutation = (parts, at) => parts.toSpliced(at, 1);

const repeat: PartsMutation = (parts, at, random) => {
  const part = parts.slice(at, at + 1);
  const times = (part[0]?.payload.length ?? 0) > 2_000 ? 2 : random.pick([1, 2, 60, 1_500]);
  return parts.toSpliced(at, 0, ...Array.from({ length: times }, () => part).flat());
};

const move: PartsMutation = (parts, at, random) =>
  parts.toSpliced(at, 1).toSpliced(random.below(parts.length), 0, ...parts.slice(at, at + 1));

const splice: PartsMutation = (parts, at, random, other) => {
  const { parts: others } = partsOf(other);
  const from = random.below(others.length);
  return parts.toSpliced(at, random.below(3), ...others.slice(from, from + random.below(5) + 1));
};

const changePayload: PartsMutation = (parts, at, random, other) => {
  const part = parts[at];
  if (part === undefined || part.payload.length === 0) return parts;
  return parts.with(at, withPayload(part, mutate(part.payload, other, random)));
};

/** Most checksums are repaired, so that what was changed is read. */
function changedHeader(parts: Part[], at: number, random: Random, change: (header: Buffer) => void): Part[] {
  const part = parts[at];
  if (part === undefined) return parts;
  const header = Buffer.from(part.header);
  change(header);
  if (!random.chance(8)) repair(header);
  return parts.with(at, { ...part, header });
}

const flipHeader: PartsMutation = (parts, at, random) =>
  changedHeader(parts, at, random, (header) => {
    for (let times = random.below(4) + 1; times > 0; times--) {
      header[random.below(header.length)] = random.below(256);
    }
  });

/** Fields of numbers: place and length. */
const FIELDS = [
  [100, 8],
  [108, 8],
  [116, 8],
  [124, 12],
  [124, 12],
  [124, 12],
  [136, 12],
  [329, 8],
  [337, 8],
  // Of a sparse file (`S`): its map and its whole size.
  [386, 12],
  [398, 12],
  [410, 12],
  [483, 12],
] as const;

const changeNumber: PartsMutation = (parts, at, random) =>
  changedHeader(parts, at, random, (header) => {
    const [start, length] = random.pick(FIELDS);
    header.fill(0, start, start + length);
    header.write(random.pick(NUMBER_FIELDS), start, length, 'latin1');
  });

const changeType: PartsMutation = (parts, at, random) =>
  changedHeader(parts, at, random, (header) => header.write(random.pick(TYPE_FLAGS) ?? '0', 156, 'latin1'));

const changeName: PartsMutation = (parts, at, random) =>
  changedHeader(parts, at, random, (header) => {
    const [start, length] = random.pick([
      [0, 100],
      [157, 100],
      [345, 155],
    ] as const);
    header.fill(0, start, start + length);
    header.write(random.pick(NAMES), start, length, 'latin1');
  });

const changeMagic: PartsMutation = (parts, at, random) =>
  changedHeader(parts, at, random, (header) =>
    header.write(
      random.pick(['\0\0\0\0\0\0\0\0', 'ustar  \0', 'ustar\u000000', 'ustar\0\0\0', 'tar\0\0\0\0\0']),
      257,
      'latin1',
    ),
  );

/** Whether blocks of map follow, or what one of them says. */
const changeMap: PartsMutation = (parts, at, random) => {
  const part = parts[at];
  if (part === undefined) return parts;
  if (part.map.length === 0 || random.chance(30)) {
    return changedHeader(parts, at, random, (header) => {
      header[482] = random.below(2);
    });
  }
  const map = Buffer.from(part.map);
  if (random.chance(30)) map[map.length - BLOCK + 504] = random.below(2);
  else map.write(random.pick(NUMBER_FIELDS), random.below(map.length / 12) * 12, 12, 'latin1');
  return parts.with(at, { ...part, map });
};

/** A member or an extended header as no packer writes it. */
const insertHostile: PartsMutation = (parts, at, random) =>
  parts.toSpliced(at, 0, ...partsOf(hostileMember(random)).parts);

function hostileMember(random: Random): Buffer {
  const name = random.pick(NAMES);
  switch (random.below(6)) {
    case 0:
      return member({ name: '././@LongLink', type: random.pick(['L', 'K']), content: `${name}\0` });
    case 1:
      return member({ name: 'x', type: random.pick(['x', 'x', 'g']), content: random.pick(PAX_PAYLOADS) });
    case 2:
      return pax({ [random.pick(PAX_KEYS)]: random.chance(50) ? name : random.pick(PAX_NUMBERS) });
    case 3:
      return hostileSparse(random);
    default:
      return member({
        name,
        type: random.pick(TYPE_FLAGS) ?? '0',
        link: random.pick(NAMES),
        content: random.chance(50) ? '' : 'content',
        base256: random.chance(20),
      });
  }
}

const MUTATIONS: readonly [PartsMutation, ...PartsMutation[]] = [
  changePayload,
  changePayload,
  changePayload,
  changePayload,
  changePayload,
  drop,
  repeat,
  move,
  splice,
  flipHeader,
  changeNumber,
  changeType,
  changeName,
  changeMagic,
  changeMap,
  insertHostile,
  insertHostile,
];

function mutateParts(parts: Part[], other: Buffer, random: Random): Part[] {
  return random.pick(MUTATIONS)(parts, random.below(parts.length), random, other);
}
