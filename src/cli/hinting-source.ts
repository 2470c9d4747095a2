import type { EntrySink } from '../image/entry.ts';
import { PeelError } from '../image/errors.ts';
import type { ImageSource } from '../image/source.ts';

/** A source whose failure to find the image says one thing first. */
export function hintingSource(source: ImageSource, hint: string): ImageSource {
  return {
    async index<L extends EntrySink>(...args: Parameters<typeof source.index<L>>) {
      try {
        await source.index(...args);
      } catch (error) {
        if (!(error instanceof PeelError) || error.code !== 'no-such-image') throw error;
        throw error.after(hint);
      }
    },
    content: (...args) => source.content(...args),
  };
}
