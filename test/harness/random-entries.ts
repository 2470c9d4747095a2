/** Entries as headers may have them, odd ones too, for whatever keeps or hands on entries. */
import fc from 'fast-check';
import { CHECKSUM_BYTES, type Entry } from '../../src/image/entry.ts';
import { FILE_TYPES } from '../../src/image/entry-rows.ts';

const component = fc.constantFrom(
  'a',
  'b',
  'lib',
  '.wh.a',
  '.wh.',
  '.wh..wh..opq',
  '.wh..wh.plnk',
  '.wha',
  'l\xc3\xa4',
);
const path = fc.array(component, { maxLength: 4 }).map((components) => components.join('/'));
const byteString = fc.string({ unit: fc.nat(0xff).map((unit) => String.fromCharCode(unit)), maxLength: 20 });
const id = fc.constantFrom(0, 1000, 2 ** 32 - 1);

/** Of a file that has one; else null. */
const checksum = fc.option(fc.uint8Array({ minLength: CHECKSUM_BYTES, maxLength: CHECKSUM_BYTES }));

export const randomEntry: fc.Arbitrary<Entry> = fc
  .record({
    path,
    type: fc.constantFrom(...FILE_TYPES),
    size: fc.constantFrom(0, 1, 700, 5e12),
    mode: fc.nat(0o7777),
    uid: id,
    gid: id,
    mtime: fc.constantFrom(0, 1_600_000_000, 1_600_000_000.25, -1),
    link: fc.oneof(path, byteString),
    xattrs: fc.oneof({ weight: 3, arbitrary: fc.constant('') }, { weight: 1, arbitrary: byteString }),
    checksum,
  })
  .map((entry) => (entry.type === 'file' ? { ...entry, link: '' } : { ...entry, size: 0, checksum: null }));
