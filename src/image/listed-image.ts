/** An image that can be opened, as a list shows it. */
export interface ListedImage {
  /** `name:tag`, or the short ID where it has none. */
  readonly reference: string;
  readonly bytes: number | null;
  /** Seconds since 1970. */
  readonly created: number | null;
  readonly platform: string | null;
  /** What tells it from its neighbours where its reference does not: in an archive two may be called the same. */
  readonly key?: string;
  /** It is listed, but its content is not there. */
  readonly isAbsent?: boolean;
}
