import { PeelError } from '../image/errors.ts';

/** A message names so many paths. */
const MAX_NAMED = 3;

/** Something stands where something else is to be written. */
export interface Obstacle {
  /** As a terminal may be given it. */
  readonly path: string;
  /** Whether it is a file or a symlink, which may be replaced if somebody says so; anything else stays. */
  readonly isReplaceable: boolean;
}

/** What is to be written is there already. */
export class PlacesTaken extends PeelError {
  readonly obstacles: readonly Obstacle[];
  /** Whether all of them could be replaced. */
  readonly canReplace: boolean;

  constructor(obstacles: readonly Obstacle[]) {
    const fixed = obstacles.filter(({ isReplaceable }) => !isReplaceable);
    super('exists', fixed.length > 0 ? inTheWay(fixed) : alreadyThere(obstacles));
    this.obstacles = obstacles;
    this.canReplace = fixed.length === 0;
  }
}

const alreadyThere = (taken: readonly Obstacle[]) =>
  taken.length === 1
    ? `${named(taken)} is there already.`
    : `${taken.length} files are there already: ${named(taken)}.`;

const inTheWay = (fixed: readonly Obstacle[]) =>
  `${named(fixed)} ${fixed.length === 1 ? 'is' : 'are'} in the way: nothing but a file is replaced.`;

function named(obstacles: readonly Obstacle[]): string {
  const names = obstacles.slice(0, MAX_NAMED).map(({ path }) => path);
  const more = obstacles.length - names.length;
  return more > 0 ? `${names.join(', ')} and ${more} more` : names.join(', ');
}
