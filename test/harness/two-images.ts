/** Two images in one place, of different platforms: what an archive or a layout of both holds. */
import { indexOf, laidOut, tagged } from './layouts.ts';
import { BASE, TOP } from './saved.ts';

const one = laidOut([BASE], { config: { created: '2026-01-01T00:00:00Z' } });
const two = laidOut([BASE, TOP], { config: { architecture: 's390x' } });

/** `shop:1` and `tool:2`. */
export const twoImages = [
  ...one.members,
  ...two.members,
  ...indexOf(tagged(one, 'shop:1'), tagged(two, 'tool:2')),
];
