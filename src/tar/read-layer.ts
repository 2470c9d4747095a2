// A layer's tar, read once: tar-stream takes it apart, each payload runs through its checksum and is forgotten.
//
//   chunks ──► tar-stream ──► header ─────────────► entry, when it has no payload
//                        └──► header + payload ──► checksum ──► entry
//
// Entries reach the sink in the tar's order, synchronously, so that a million of them make no million promises.

import type { EntrySink } from '../image/entry.ts';
import type { ByteSink } from './byte-sink.ts';
import { EMPTY_CHECKSUM, PayloadChecksum } from './checksum.ts';
import { entryOf } from './header.ts';
import { tarSink, type TarBody, type TarHeader } from './read-tar.ts';

/**
 * A sink for the bytes of an uncompressed layer; its entries go to `entries`. Its errors are tar-stream's, and
 * PeelError `hostile`.
 */
export function layerSink(entries: EntrySink): ByteSink {
  return tarSink((header, body, next) => {
    try {
      addEntry(header, body, entries, next);
    } catch (error) {
      next(error);
    }
  });
}

function addEntry(
  header: TarHeader,
  body: TarBody,
  entries: EntrySink,
  next: (error?: unknown) => void,
): void {
  const entry = entryOf(header);
  if (entry.size === 0) {
    entries.add({ ...entry, checksum: entry.type === 'file' ? EMPTY_CHECKSUM : null });
    body.resume();
    next();
    return;
  }
  const checksum = new PayloadChecksum();
  body.on('data', (data) => checksum.add(data as Uint8Array)); // streamx knows no type; tar-stream pushes bytes
  body.on('end', () => {
    try {
      entries.add({ ...entry, checksum: checksum.take() });
      next();
    } catch (error) {
      next(error);
    }
  });
}
