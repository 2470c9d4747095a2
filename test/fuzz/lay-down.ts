import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { FuzzCase } from './case.ts';
import { type Part, partsOf } from './tar-parts.ts';

/** Puts a case where a reader finds it, in place of what was there: an archive as a file, else a directory. */
export function layDown({ archive, place }: Pick<FuzzCase, 'archive' | 'place'>, path: string): void {
  rmSync(path, { recursive: true, force: true });
  if (place === 'archive') {
    writeFileSync(path, archive);
    return;
  }
  mkdirSync(path);
  for (const part of partsOf(archive).parts) {
    try {
      unpack(part, path);
    } catch {
      // Too long a name, a file where a directory should be: then it is missing.
    }
  }
}

const DIRECTORY = 0x35;
const SYMLINK = 0x32;

function unpack({ header, payload }: Part, folder: string): void {
  const name = insideOf(textAt(header, 0));
  if (name === null) return;
  const path = `${folder}/${name}`;
  mkdirSync(dirname(path), { recursive: true });
  const target = insideOf(textAt(header, 157));
  if (header[156] === DIRECTORY) mkdirSync(path, { recursive: true });
  else if (header[156] === SYMLINK) symlinkSync(target ?? 'nowhere', path);
  else writeFileSync(path, payload);
}

const textAt = (header: Buffer, at: number) =>
  header.toString('latin1', at, at + 100).split('\0', 1)[0] ?? '';

/** A name that stays where it is unpacked; null for none. */
function insideOf(name: string): string | null {
  const components = name.split('/').filter((component) => component !== '' && component !== '.');
  return components.length === 0 || components.includes('..') ? null : components.join('/');
}
