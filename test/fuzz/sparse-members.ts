/** Sparse files in every form, sound ones and such as no packer writes. */
import { sparse, SPARSE_FORMS, type SparseFile, type SparseForm } from '../harness/sparse-tar.ts';
import type { Random } from './random.ts';
import { NAMES, SPARSE_NUMBERS } from './vocabulary.ts';

/** A file of `blocks` times eight bytes of data, each behind as many of zeros. */
export function soundSparse(form: SparseForm, name: string, blocks: number): Buffer {
  const map = Array.from({ length: blocks }, (_, n) => [16 * n + 8, 8]).flat();
  return sparse(form, { name, size: 16 * blocks + 8, map, data: 'eightB..'.repeat(blocks) });
}

/** A sound sparse file, or one of which something is not true. */
export function hostileSparse(random: Random): Buffer {
  const form = random.pick(SPARSE_FORMS);
  const blocks = random.pick([0, 1, 3, 4, 5, 25, 26, 200]);
  if (random.chance(20)) return soundSparse(form, random.pick(NAMES), blocks);
  const { map, size, data } = plan(blocks, random);
  const file: SparseFile = { name: random.pick(NAMES), size, map, data };
  return sparse(form, {
    ...file,
    ...(random.chance(30) ? { entries: random.pick(SPARSE_NUMBERS) } : {}),
    ...(random.chance(20) ? { type: random.pick(['1', '2', '5', '7', 'S']) } : {}),
  });
}

function plan(blocks: number, random: Random): Pick<SparseFile, 'map' | 'size' | 'data'> {
  const sound: (number | string)[] = Array.from({ length: blocks }, (_, n) => [16 * n, 8]).flat();
  const data = 'eightB..'.repeat(blocks);
  const size = 16 * blocks;
  switch (random.below(6)) {
    case 0: // a number that is none, or none here
      return { map: withOneChanged(sound, random), size, data };
    case 1: // another size
      return { map: sound, size: random.pick(SPARSE_NUMBERS), data };
    case 2: // backwards, so that all overlap
      return { map: sound.toReversed(), size, data };
    case 3: // more or less data
      return { map: sound, size, data: data.slice(random.below(data.length)) };
    case 4: // half an entry more
      return { map: [...sound, size], size, data };
    default: // nothing but empty stretches
      return { map: sound.map((number, n) => (n % 2 === 0 ? number : 0)), size, data: '' };
  }
}

function withOneChanged(map: readonly (number | string)[], random: Random): (number | string)[] {
  const at = random.below(map.length);
  const changed = random.pick(SPARSE_NUMBERS);
  return map.map((number, index) => (index === at ? changed : number));
}
