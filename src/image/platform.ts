import { type JsonObject, stringOrNull } from './json.ts';

/** What an image runs on (image-spec, image-index.md, "platform"). */
export interface Platform {
  readonly os: string;
  readonly architecture: string;
  readonly variant: string | null;
}

/** The platform of an object with `os`, `architecture` and `variant`, as configs and descriptors have them. */
export function platformOf(value: JsonObject): Platform | null {
  const os = stringOrNull(value['os']);
  const architecture = stringOrNull(value['architecture']);
  if (os === null || architecture === null) return null;
  return { os, architecture, variant: stringOrNull(value['variant']) };
}

/** `linux/amd64`, `linux/arm64/v8`. */
export function formatPlatform({ os, architecture, variant }: Platform): string {
  return [os, architecture, ...(variant === null ? [] : [variant])].join('/');
}
