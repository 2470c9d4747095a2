import { posix } from 'node:path';
import { PeelError } from '../image/errors.ts';
import { typeOf } from '../tar/header.ts';
import type { Member } from '../tar/visitor.ts';
import { memberName } from './blob-names.ts';

/** Layers of one archive, of however many images: those of a hundred images with a hundred each would still fit. */
const MAX_ARCHIVE_LAYERS = 16 * 1024;

/** Characters of all members' names and links that are remembered: a thousand for each of so many layers. */
const MAX_NAME_UNITS = 16 * 1024 * 1024;

/** What the members of an archive are called, and which of them are others by another name. */
export class MemberNames {
  private readonly aliases = new Map<string, string>();
  private units = 0;
  private layers = 0;

  /**
   * Takes the next member. Returns its name; null where it has no bytes of its own.
   * @throws PeelError `hostile` when there are more names than can be meant.
   */
  take(member: Member): string | null {
    const name = memberName(member.name);
    const type = typeOf(member);
    this.count(name);
    if (type === 'symlink') this.addAlias(name, posix.join(posix.dirname(name), member.linkname));
    if (type === 'hardlink') this.addAlias(name, memberName(member.linkname));
    return type === 'file' ? name : null;
  }

  /** A member is a layer. @throws PeelError `hostile` when there are more of them than can be meant. */
  countLayer(): void {
    if (++this.layers <= MAX_ARCHIVE_LAYERS) return;
    throw new PeelError('hostile', `It holds more than ${MAX_ARCHIVE_LAYERS} layers.`);
  }

  /** The member that a name leads to. */
  resolved(name: string): string {
    return this.aliases.get(name) ?? name;
  }

  private addAlias(name: string, target: string): void {
    this.count(target);
    this.aliases.set(name, target);
  }

  private count(name: string): void {
    this.units += name.length;
    if (this.units <= MAX_NAME_UNITS) return;
    throw new PeelError(
      'hostile',
      `The names of its members are longer than ${MAX_NAME_UNITS / 1024 / 1024} MiB.`,
    );
  }
}
