// What is known of the contents of all layers' files in a few columns. A layer that was stacked twice has its own once: it is
// one and the same, and a file of it that nobody has looked at is known to be the same as itself.

import { columnIn, type Columns } from './columns.ts';
import type { Column } from './growable.ts';
import type { LayerContents, LayerEntries } from './layer-entries.ts';

/** The columns of some stacked layers' contents; copies. */
export function contentColumns(layers: readonly LayerEntries[]): [string, Column][] {
  const sames = Int32Array.from(layers, (layer) => layers.indexOf(layer));
  const contents = layers.map((layer) => layer.contents());
  const checksums = contents.map((content, layer) =>
    sames[layer] === layer ? content.checksums : new Uint32Array(0),
  );
  const checksumStarts = new Int32Array(layers.length + 1);
  checksums.forEach(({ length }, layer) => (checksumStarts[layer + 1] = checksumStarts[layer]! + length));
  return [
    ['sames', sames],
    ['bytes', Float64Array.from(contents, ({ bytes }) => bytes)],
    ['unread', Int32Array.from(contents, ({ unread }) => unread)],
    [
      'checksumRows',
      joined(
        Int32Array,
        contents.map(({ checksumRows }) => checksumRows),
      ),
    ],
    ['checksumStarts', checksumStarts],
    ['checksums', joined(Uint32Array, checksums)],
  ];
}

/**
 * The contents of each of the layers that begin at these entries, or the number of the layer that it is the same as.
 * @throws RangeError where the columns are not those of their contents.
 */
export function keptContents(
  columns: Columns,
  starts: Int32Array,
): (layer: number) => LayerContents | number {
  const count = starts.length - 1;
  const sames = columnIn(columns, 'sames', Int32Array, count);
  const bytes = columnIn(columns, 'bytes', Float64Array, count);
  const unread = columnIn(columns, 'unread', Int32Array, count);
  const checksumRows = columnIn(columns, 'checksumRows', Int32Array, starts.at(-1));
  const checksumStarts = columnIn(columns, 'checksumStarts', Int32Array, count + 1);
  const checksums = columnIn(columns, 'checksums', Uint32Array, checksumStarts.at(-1));
  return (layer) => {
    const same = sames[layer]!;
    if (same !== layer) return same;
    return {
      bytes: bytes[layer]!,
      unread: unread[layer]!,
      checksumRows: checksumRows.subarray(starts[layer], starts[layer + 1]),
      checksums: checksums.subarray(checksumStarts[layer], checksumStarts[layer + 1]),
    };
  };
}

/** One column of several. */
function joined<C extends Int32Array | Uint32Array>(Kind: new (length: number) => C, parts: readonly C[]): C {
  const whole = new Kind(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
