import { PeelError } from '../image/errors.ts';
import type { Arguments } from './arguments.ts';

// eslint-disable-next-line @typescript-eslint/require-await -- to come
export async function explore(_options: Arguments): Promise<number> {
  throw new PeelError('no-terminal', 'not yet');
}
