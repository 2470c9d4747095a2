import { PeelError } from './errors.ts';

/** An image that a daemon does not have, and could pull. */
export interface PullOffer {
  /** What is the matter, in one sentence, without what to do about it. */
  readonly said: string;
  /** Names of images that may have been meant. */
  readonly near: readonly string[];
  /** What one would type to fetch it: `docker pull --platform linux/arm64 nginx:latest`. */
  readonly command: string;
}

/** The image is not there, but a registry may have it. */
export class MissingImage extends PeelError {
  readonly offer: PullOffer;

  constructor(message: string, offer: PullOffer, options?: ErrorOptions) {
    super('no-such-image', message, options);
    this.offer = offer;
  }

  override of(place: string): MissingImage {
    return new MissingImage(`${place}: ${this.message}`, this.offer, { cause: this });
  }

  override after(sentence: string): MissingImage {
    const offer = { ...this.offer, said: `${sentence} ${this.offer.said}` };
    return new MissingImage(`${sentence} ${this.message}`, offer, { cause: this });
  }
}
