// Checksums that answer one question: are two payloads of this image the same? They are asked for a million times, and
// must cost next to nothing beside reading the bytes.
//
// A payload of some size is put through GMAC (NIST SP 800-38D) under a secret key, that of the images that are kept or one
// that is drawn for this run: processors have instructions for it, and it is some ten times as fast as SHA-256. A keyed hash
// is enough, as long as nobody who makes an image knows the key: two different payloads of n bytes share a tag with a chance
// of n / 2^131 at most; nobody else sees a tag, so the one nonce tells nothing. A small payload, as most are, costs GMAC more
// to set up than to take: those are hashed in one call, with SHA-256 cut to the same length. Payloads of different sizes are
// never the same, so the two kinds never meet.

import { createCipheriv, hash, randomBytes } from 'node:crypto';
import { type Checksum, CHECKSUM_BYTES, CHECKSUM_KEY_BYTES } from '../image/entry.ts';

/** Up to here hashing at once is the faster way: measured with Node 26, on amd64. */
const SMALL_BYTES = 4096;

const ALGORITHM = 'aes-128-gcm';
/** What checksums are taken under where nobody says otherwise: drawn anew for each run, and in each thread. */
export const KEY_OF_THIS_RUN = randomBytes(CHECKSUM_KEY_BYTES);
const NONCE = Buffer.alloc(12);

/** Takes the checksums of payloads, one after the other. */
export class PayloadChecksum {
  private mac: ReturnType<typeof newMac> | null = null;
  private small: Buffer = NOTHING;
  private readonly memory = Buffer.alloc(SMALL_BYTES);
  private readonly key: Uint8Array;

  /** @param key `CHECKSUM_KEY_BYTES` of a secret. */
  constructor(key: Uint8Array = KEY_OF_THIS_RUN) {
    this.key = key;
  }

  /** A payload of `size` bytes begins. */
  begin(size: number): void {
    this.mac = size > SMALL_BYTES ? newMac(this.key) : null;
    this.small = NOTHING;
  }

  /** Its next bytes, which may be changed once the call has ended. */
  add(piece: Buffer): void {
    if (this.mac !== null) this.mac.setAAD(piece);
    else {
      piece.copy(this.memory, this.small.length);
      this.small = this.memory.subarray(0, this.small.length + piece.length);
    }
  }

  /** To be called once all of it has been added. */
  take(): Checksum {
    if (this.mac === null) return hashOf(this.small);
    this.mac.final();
    return this.mac.getAuthTag();
  }

  /** The checksum of a payload that is there as a whole. */
  of(payload: Buffer): Checksum {
    if (payload.length <= SMALL_BYTES) return hashOf(payload);
    this.begin(payload.length);
    this.add(payload);
    return this.take();
  }
}

const NOTHING = Buffer.alloc(0);

function newMac(key: Uint8Array) {
  return createCipheriv(ALGORITHM, key, NONCE);
}

/** A string, and the bytes out of it, is what Node hands over fastest. */
function hashOf(payload: Buffer): Checksum {
  return Buffer.from(hash('sha256', payload, 'latin1').slice(0, CHECKSUM_BYTES), 'latin1');
}

/** The checksum of no bytes. */
export const EMPTY_CHECKSUM: Checksum = hashOf(NOTHING);
