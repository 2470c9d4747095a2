// What a directory that is being typed may go on to, as a shell completes it.

import type { Dirent } from 'node:fs';
import { opendir, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { codeOf } from '../extract/failures.ts';
import { messageOf, PeelError } from '../image/errors.ts';
import { visible } from '../image/text.ts';
import type { Candidates } from '../state/file-state.ts';

/** Names of a directory that are looked at: more of them are no place to look for one by its name. */
const MAX_NAMES = 1_000_000;
/** Names that are kept to be told. */
const MAX_TOLD = 500;
/** Links that are followed to see whether they lead to a directory; each may wait for a disk that is far away. */
const MAX_FOLLOWED = 1000;
/** Names that are had from the system at once: between them keys are heard. */
const AT_ONCE = 512;

/** A text, and what it may go on to where that is not certain. */
export interface Completion {
  readonly text: string;
  readonly candidates: Candidates | null;
}

/**
 * Completes the last name of a path to that of a directory, with a slash at its end; to what they have in common where
 * there are several. Names that begin with a dot are meant only where one has been typed, and those that are no UTF-8
 * never: they cannot be typed.
 * @throws PeelError `file`: why there is nothing to go on to. The signal's reason.
 */
export async function completeDirectory(typed: string, signal: AbortSignal): Promise<Completion> {
  if (typed === '~') return { text: '~/', candidates: null };
  const slash = typed.lastIndexOf('/') + 1;
  const place = typed.slice(0, slash);
  const begun = typed.slice(slash);
  const found = new Found();
  // The system does not tell of these two, which are there.
  if (begun === '.' || begun === '..') found.add(begun);
  let names = 0;
  let followed = 0;
  const directory = await opened(place);
  for await (const entry of directory) {
    signal.throwIfAborted();
    if (++names > MAX_NAMES)
      throw new PeelError('file', `${placeName(place)} has too many names to look through.`);
    const name = nameOf(entry);
    if (name === null || !isMeant(name, begun)) continue;
    if (entry.isFile()) continue;
    if (
      entry.isDirectory() ||
      (++followed <= MAX_FOLLOWED && (await leadsToDirectory(withHome(place) + name)))
    )
      found.add(name);
  }
  if (found.count === 0) throw new PeelError('file', nothingText(place, begun));
  const text = place + found.common;
  return found.count === 1 ? { text: `${text}/`, candidates: null } : { text, candidates: found.candidates };
}

/** A directory as a shell takes it, of which nobody is here: `~` is one's home. */
export function withHome(path: string): string {
  return path.replace(/^~(?=\/|$)/, homedir());
}

/** Names as they come: how many, what they have in common at their beginning, and some of them. */
class Found {
  count = 0;
  private beginning: readonly string[] = [];
  private readonly names: string[] = [];

  add(name: string): void {
    const chars = Array.from(name);
    this.beginning = this.count === 0 ? chars : this.beginning.slice(0, commonLength(this.beginning, chars));
    this.count++;
    if (this.names.length < MAX_TOLD) this.names.push(name);
  }

  get common(): string {
    return this.beginning.join('');
  }

  get candidates(): Candidates {
    return { names: this.names.toSorted(), count: this.count };
  }
}

function commonLength(one: readonly string[], other: readonly string[]): number {
  const first = one.findIndex((char, index) => char !== other[index]);
  return first < 0 ? one.length : first;
}

const isMeant = (name: string, begun: string): boolean =>
  name.startsWith(begun) && (begun !== '' || !name.startsWith('.'));

/** @throws PeelError `file` */
async function opened(place: string) {
  try {
    // Each unit of a name is a byte: what is no UTF-8 can be told then.
    return await opendir(place === '' ? '.' : withHome(place), { encoding: 'latin1', bufferSize: AT_ONCE });
  } catch (error) {
    throw new PeelError('file', whyNot(placeName(place), error), { cause: error });
  }
}

function whyNot(name: string, error: unknown): string {
  switch (codeOf(error)) {
    case 'ENOENT':
      return `There is no ${name} yet.`;
    case 'ENOTDIR':
      return `${name} is no directory.`;
    case 'EACCES':
    case 'EPERM':
      return `What is in ${name} may not be seen: permission denied.`;
    default:
      return `What is in ${name} cannot be seen: ${messageOf(error)}`;
  }
}

const placeName = (place: string): string => (place === '' ? 'the current directory' : visible(place));

function nothingText(place: string, begun: string): string {
  return begun === ''
    ? `There is no directory in ${placeName(place)}.`
    : `No directory there begins with ${visible(begun)}.`;
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function nameOf({ name }: Dirent): string | null {
  try {
    return decoder.decode(Buffer.from(name, 'latin1'));
  } catch {
    return null;
  }
}

async function leadsToDirectory(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false;
  }
}
