// A place may hold several images: other names, other platforms. What somebody has said about the one they want, and
// the error that offers the choice where that does not settle it.

import { PeelError } from './errors.ts';
import type { ListedImage } from './listed-image.ts';
import type { Platform } from './platform.ts';

/** What is said of the image to take; null: nothing. */
export interface Wish {
  /** A name as the place spells it or as Docker would complete it, a digest, or a `ListedImage`'s key. */
  readonly name: string | null;
  readonly platform: Platform | null;
}

/** Whatever is there. */
export const ANY_IMAGE: Wish = { name: null, platform: null };

/** There are several images to choose from, and nothing says which. */
export class SeveralImages extends PeelError {
  /** Each with the key by which a wish can name it. */
  readonly images: readonly ListedImage[];

  constructor(message: string, images: readonly ListedImage[], options?: ErrorOptions) {
    super('several-images', message, options);
    this.images = images;
  }

  override of(place: string): SeveralImages {
    return new SeveralImages(`${place}: ${this.message}`, this.images, { cause: this });
  }
}
