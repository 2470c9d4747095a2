import { posix } from 'node:path';

/** A member's name as it is looked up: writers spell `./manifest.json` and `/manifest.json` too. */
export function memberName(name: string): string {
  return posix.normalize(name).replace(/^\/+/, '');
}

/** Where an image layout keeps a blob (image-spec, image-layout.md, "Blobs"). */
export function blobPath(digest: string): string {
  return `blobs/${digest.replace(':', '/')}`;
}

/** The hex digits of a SHA-256 or of a SHA-512, alone or as one of the names that writers of archives make of it. */
const NAMED_BY_DIGEST = /(?:^|[/:])([0-9a-f]{64}|[0-9a-f]{128})(?:\.json|\.tar(?:\.gz)?)?$/;

/** A blob of an image layout: its algorithm and its digits. */
const BLOB = /^blobs\/([a-z0-9]+(?:[+._-][a-z0-9]+)*)\/([0-9a-f]{32,128})$/;

/** The parts of a blob's name; null where a member is called otherwise (image-spec, descriptor.md, "Digests"). */
export function blobParts(member: string): { algorithm: string; hex: string } | null {
  const [, algorithm, hex] = BLOB.exec(member) ?? [];
  return algorithm === undefined || hex === undefined ? null : { algorithm, hex };
}

/** `sha256:<hex>` out of a member's name that carries it: `blobs/sha256/<hex>`, `<hex>.json`, `sha256:<hex>`. */
export function digestIn(member: string): string | null {
  const blob = blobParts(member);
  if (blob !== null) return `${blob.algorithm}:${blob.hex}`;
  const hex = NAMED_BY_DIGEST.exec(member)?.[1];
  if (hex === undefined) return null;
  return `${hex.length === 64 ? 'sha256' : 'sha512'}:${hex}`;
}
