import { PeelError } from './errors.ts';
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

/** What people and kernels call architectures that Go, and so the field, calls otherwise (containerd, platforms). */
const ARCHITECTURES: Readonly<Record<string, string>> = {
  x86_64: 'amd64',
  'x86-64': 'amd64',
  aarch64: 'arm64',
  i386: '386',
};

/**
 * Reads `os/arch` or `os/arch/variant`.
 * @throws PeelError `arguments` when it is something else.
 */
export function parsePlatform(text: string): Platform {
  const [os = '', architecture = '', variant = null, ...rest] = text.toLowerCase().split('/');
  const isSpelt = [os, architecture, variant ?? '-'].every((part) => /^[a-z0-9_.-]+$/.test(part));
  if (!isSpelt || rest.length > 0) {
    throw new PeelError(
      'arguments',
      `A platform is os/arch or os/arch/variant (linux/arm64), not "${text}".`,
    );
  }
  return { os, architecture: ARCHITECTURES[architecture] ?? architecture, variant };
}

/** Which variant an architecture means where none is named (containerd, platforms, "Normalization"). */
const USUAL_VARIANT: Readonly<Record<string, number>> = { amd64: 1, arm: 7, arm64: 8 };

/**
 * How far an image for `has` is from what `wanted` would run: 0 for the platform itself; more for an older variant of
 * its architecture, which runs there too (arm/v6 on arm/v7); null for what does not run there.
 */
function distance(wanted: Platform, has: Platform): number | null {
  if (wanted.os !== has.os || wanted.architecture !== has.architecture) return null;
  const [newest, own] = [variantNumber(wanted), variantNumber(has)];
  if (newest !== null && own !== null) return own <= newest ? newest - own : null;
  return wanted.variant === null || wanted.variant === has.variant ? 0 : null;
}

function variantNumber({ architecture, variant }: Platform): number | null {
  if (variant === null) return USUAL_VARIANT[architecture] ?? null;
  const digits = /^v?(\d{1,2})$/.exec(variant)?.[1];
  return digits === undefined ? null : Number(digits);
}

/** Those of `items` that suit a platform best: none where none runs there, several where several suit alike. */
export function bestFor<T extends { readonly platform: Platform | null }>(
  wanted: Platform,
  items: readonly T[],
): T[] {
  const distances = items.map(({ platform }) => (platform === null ? null : distance(wanted, platform)));
  const least = Math.min(...distances.filter((each) => each !== null));
  return items.filter((_, index) => distances[index] === least);
}
