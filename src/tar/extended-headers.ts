// Extended headers (pax `x`, GNU `L` and `K`) are members whose payload speaks of the next member. A pax header that
// speaks of all that follow (`g`) is a member of its own to Go's archive/tar, which applies it to none, and Docker's
// unpacker steps over it. So does this; and what stood before it is lost with it, because it spoke of the next member.

import type { ByteString } from '../image/entry.ts';
import { PeelError } from '../image/errors.ts';
import type { HeaderBlock } from './block.ts';
import { NO_RECORDS, parsePax, type PaxRecords, stated } from './pax.ts';

/** An extended header larger than this is hostile: Go's archive/tar refuses it too. */
export const MAX_EXTENDED_BYTES = 1024 * 1024;

const Flag = {
  GnuLongLink: 0x4b,
  GnuLongName: 0x4c,
  PaxGlobal: 0x67,
  Pax: 0x78,
} as const;

/** What was said of a member beside its header. */
export interface Extension {
  readonly name: ByteString | undefined;
  readonly linkname: ByteString | undefined;
  readonly pax: PaxRecords;
}

const NO_EXTENSION: Extension = { name: undefined, linkname: undefined, pax: NO_RECORDS };

/**
 * Whether this header is an extended one.
 * @throws PeelError `hostile` where it is one that is too large.
 */
export function isExtended({ flag, size }: HeaderBlock): boolean {
  switch (flag) {
    case Flag.Pax:
    case Flag.PaxGlobal:
    case Flag.GnuLongName:
    case Flag.GnuLongLink:
      break;
    default:
      return false;
  }
  if (size <= MAX_EXTENDED_BYTES) return true;
  const limit = `${MAX_EXTENDED_BYTES / 1024 / 1024} MiB`;
  throw new PeelError('hostile', `A tar holds an extended header of ${size} bytes; ${limit} is the limit.`);
}

/** Keeps what extended headers say until the member comes that they speak of. */
export class ExtendedHeaders {
  private longName = '';
  private longLink = '';
  private pax: PaxRecords = NO_RECORDS;

  /**
   * Takes the payload of an extended header with this flag.
   * @throws TarError `damaged`
   */
  take(flag: number, payload: ByteString): void {
    switch (flag) {
      case Flag.Pax:
        this.pax = parsePax(payload);
        break;
      case Flag.GnuLongName:
        this.longName = untilNul(payload);
        break;
      case Flag.GnuLongLink:
        this.longLink = untilNul(payload);
        break;
      case Flag.PaxGlobal:
        // Read all the same: Docker refuses a tar that has a damaged one.
        parsePax(payload);
        this.forMember();
        break;
      default:
        throw new Error(`No extended header has the flag ${flag}.`);
    }
  }

  /** What has been said of the member that comes now; it is forgotten with that. */
  forMember(): Extension {
    const { longName, longLink, pax } = this;
    if (longName === '' && longLink === '' && pax === NO_RECORDS) return NO_EXTENSION;
    this.longName = '';
    this.longLink = '';
    this.pax = NO_RECORDS;
    return {
      name: longName === '' ? stated(pax, 'path') : longName,
      linkname: longLink === '' ? stated(pax, 'linkpath') : longLink,
      pax,
    };
  }
}

function untilNul(text: ByteString): ByteString {
  const nul = text.indexOf('\0');
  return nul === -1 ? text : text.slice(0, nul);
}
