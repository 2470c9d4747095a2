// What a daemon's own files tell of an image, beside what its export tells.
import { createHash } from 'node:crypto';
import { expect } from 'vitest';
import { Analysis } from '../../src/analysis/analysis.ts';
import type { ContentRequest, ContentSink, ImageSource } from '../../src/image/source.ts';
import type { Report } from '../../src/report/report.ts';
import { contentRequest } from '../../src/tree/content-request.ts';
import { ImageTables, LayerEntries } from '../../src/tree/layer-entries.ts';
import { builtReport, type PeelOptions } from './built-peel.ts';

/**
 * The built program's reports by the daemon's own files and by its export; the former, which must really have come from
 * there, says the latter's source, so that both should be equal.
 */
export async function bothWays(
  args: readonly string[],
  host: string,
  options: Omit<PeelOptions, 'host'> = {},
): Promise<[stored: Report, exported: Report]> {
  const [stored, exported] = await Promise.all([
    builtReport(['--source', 'store', ...args], { ...options, host }),
    builtReport(['--source', 'export', ...args], { ...options, host }),
  ]);
  expect(stored.image.source).toBe('store');
  return [{ ...stored, image: { ...stored.image, source: 'docker' } }, exported];
}

/** A source that nothing may be asked of. */
export const NOBODY: ImageSource = {
  index: () => Promise.reject(new Error('It was exported.')),
  content: () => Promise.reject(new Error('Its content was exported.')),
};

/** SHA-256 of each stored file of an image, by layer and path. */
export async function contentDigests(source: ImageSource): Promise<Map<string, string>> {
  const tables = new ImageTables();
  const analysis = new Analysis(tables);
  const layers: LayerEntries[] = [];
  const { signal } = new AbortController();
  await source.index<LayerEntries>(
    {
      newLayer: () => new LayerEntries(tables),
      on: (event) => {
        if (event.type === 'layer') layers[event.index] = event.entries;
      },
    },
    signal,
  );
  for (const layer of layers) analysis.addLayer(layer);
  const requests: ContentRequest[] = [];
  const { entries } = analysis.stack;
  for (let entry = 0; entry < entries.count; entry++) {
    const request = entries.isLink(entry) ? null : contentRequest(analysis.stack, tables, entry);
    if (request !== null) requests.push(request);
  }
  const found = new Map<string, string>();
  await source.content(
    requests,
    ({ layer, path }): ContentSink => {
      const hash = createHash('sha256');
      return {
        write: (piece) => (hash.update(piece), true),
        drained: () => Promise.resolve(),
        end: () => {
          found.set(`${layer} ${path}`, hash.digest('hex'));
          return Promise.resolve();
        },
      };
    },
    signal,
  );
  return found;
}
