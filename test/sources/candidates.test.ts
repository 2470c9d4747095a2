import { describe, expect, it } from 'vitest';
import { candidatesIn } from '../../src/sources/candidates.ts';
import type { Documents } from '../../src/sources/documents.ts';

/** Documents that count how often each is asked for. */
function counted(
  texts: Readonly<Record<string, unknown>>,
): Documents & { readonly asked: Map<string, number> } {
  const asked = new Map<string, number>();
  return {
    asked,
    has: (name) => name in texts,
    get(name) {
      asked.set(name, (asked.get(name) ?? 0) + 1);
      return name in texts ? JSON.stringify(texts[name]) : undefined;
    },
  };
}

const CONFIG = { os: 'linux', architecture: 'amd64', rootfs: { diff_ids: [] } };
const times = (count: number, item: (index: number) => unknown) =>
  Array.from({ length: count }, (_, n) => item(n));

describe('the images that documents tell of', () => {
  it('read a config once, however often it is named', () => {
    const saved = times(500, (n) => ({ Config: 'c.json', RepoTags: [`a:${n}`], Layers: [] }));
    const documents = counted({ 'manifest.json': saved, 'c.json': CONFIG });
    const [only, ...others] = candidatesIn(documents);
    expect(others).toEqual([]);
    expect(only?.names).toHaveLength(500);
    expect(documents.asked.get('c.json')).toBe(1);
  });

  it('read a manifest once, however often an index lists it', () => {
    const digest = (digit: string) => `sha256:${digit.repeat(64)}`;
    const manifest = { config: { digest: digest('c') }, layers: [] };
    const documents = counted({
      'index.json': { manifests: times(500, () => ({ digest: digest('a') })) },
      [`blobs/sha256/${'a'.repeat(64)}`]: manifest,
      [`blobs/sha256/${'c'.repeat(64)}`]: CONFIG,
    });
    expect(candidatesIn(documents)).toHaveLength(1);
    expect([...documents.asked.values()]).toEqual([1, 1, 1, 1]);
    expect(documents.asked.get('manifest.json')).toBe(1);
  });

  it('are ten thousand at most, in either document', () => {
    const saved = times(10_001, (n) => ({ Config: `${n}.json`, RepoTags: [], Layers: [] }));
    expect(() => candidatesIn(counted({ 'manifest.json': saved }))).toThrow(
      expect.objectContaining({
        code: 'hostile',
        message: 'manifest.json leads to more than 10000 manifests.',
      }),
    );
  });
});
