/** Stacks layers straight from their description: no tar, no source, no report between a test and the tree. */
import { createHash } from 'node:crypto';
import { Analysis } from '../../src/analysis/analysis.ts';
import { CHECKSUM_BYTES, type Entry } from '../../src/image/entry.ts';
import { bytesOf, textOf } from '../../src/image/text.ts';
import { Change } from '../../src/tree/change.ts';
import { ImageTables, LayerEntries } from '../../src/tree/layer-entries.ts';
import type { LayerEntry } from './archive.ts';

export type Layers = readonly (readonly LayerEntry[])[];

/** The analysis of the given layers, base first. */
export function analysisOf(...layers: Layers): Analysis {
  const analysis = new Analysis(new ImageTables());
  for (const entries of layers) analysis.addLayer(layerOf(analysis.tables, entries));
  return analysis;
}

/** The columns of one layer. */
export function layerOf(tables: ImageTables, entries: readonly LayerEntry[]): LayerEntries {
  const layer = new LayerEntries(tables);
  for (const entry of entries) layer.add(entryOf(entry));
  layer.trim();
  return layer;
}

/** What reading a tar would have made of a header. */
export function entryOf({ name, type, content, link, mode, uid, gid, mtime }: LayerEntry): Entry {
  const isFile = type === 'file';
  return {
    ...{ path: normal(name), type, mode, uid, gid, mtime, xattrs: '' },
    size: isFile ? content.length : 0,
    link: type === 'hardlink' ? normal(link) : type === 'char' || type === 'block' ? '1:3' : bytesOf(link),
    checksum: isFile ? sha256(content) : null,
  };
}

/** Node of a path that some layer names. */
export function nodeOf({ tables }: Analysis, path: string): number {
  const node = tables.paths.find(bytesOf(path));
  if (node < 0) throw new Error(`no layer names ${path}`);
  return node;
}

/** Path of a node, as text. */
export const pathOf = ({ tables }: Analysis, node: number): string => textOf(tables.paths.path(node));

/** Names of `Change`, for expectations that can be read. */
export function changeName(change: number): string {
  const found = Object.entries(Change).find(([, value]) => value === change);
  if (found === undefined) throw new Error(`no such change: ${change}`);
  return found[0].toLowerCase();
}

const normal = (name: string): string =>
  bytesOf(
    name
      .split('/')
      .filter((part) => part !== '' && part !== '.')
      .join('/'),
  );

const sha256 = (content: string): Uint8Array =>
  createHash('sha256').update(Buffer.from(content, 'latin1')).digest().subarray(0, CHECKSUM_BYTES);
