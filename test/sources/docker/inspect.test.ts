import { describe, expect, it } from 'vitest';
import { inspectedPlatform, parseInspect } from '../../../src/sources/docker/inspect.ts';

const ID = `sha256:${'a'.repeat(64)}`;
const INSPECT = {
  Id: ID,
  Created: '2026-01-01T00:00:00Z',
  Os: 'linux',
  Architecture: 'arm64',
  Variant: 'v8',
  Size: 1234,
  RepoDigests: [`shop@sha256:${'b'.repeat(64)}`],
  RootFS: { Type: 'layers', Layers: ['sha256:0', 'sha256:1'] },
  Config: { User: '1000', Env: ['A=b'], Cmd: ['sh'] },
};
/** Newest first, as the daemon tells it. */
const HISTORY = [
  { CreatedBy: 'CMD ["sh"]', Created: 1_767_225_602, Size: 0 },
  { CreatedBy: 'COPY . .', Created: 1_767_225_601, Size: 34 },
  { CreatedBy: 'ADD base', Created: 1_767_225_600, Size: 1200 },
];

describe('what a daemon tells of an image', () => {
  const inspected = parseInspect(INSPECT, HISTORY);

  it('is its ID, digest, size and config', () => {
    expect(inspected).toMatchObject({ id: ID, digest: `sha256:${'b'.repeat(64)}`, bytes: 1234 });
    expect(inspected.config).toMatchObject({
      platform: { os: 'linux', architecture: 'arm64', variant: 'v8' },
      created: '2026-01-01T00:00:00Z',
      diffIds: ['sha256:0', 'sha256:1'],
    });
    expect(inspected.config.container).toMatchObject({ user: '1000', env: ['A=b'], cmd: ['sh'] });
  });

  it('is called by the first of its tags in their order, as Docker shows it', () => {
    const tagged = (...RepoTags: string[]) => parseInspect({ ...INSPECT, RepoTags }, HISTORY).tag;
    expect(tagged('shop:2', 'docker.io/library/shop:1')).toBe('shop:1');
    expect(tagged('<none>:<none>')).toBeNull();
    expect(inspected.tag).toBeNull();
  });

  it('has its history base first, with the moments as a config writes them', () => {
    expect(inspected.config.history).toEqual([
      { createdBy: 'ADD base', created: '2026-01-01T00:00:00.000Z', empty: false },
      { createdBy: 'COPY . .', created: '2026-01-01T00:00:01.000Z', empty: false },
      { createdBy: 'CMD ["sh"]', created: '2026-01-01T00:00:02.000Z', empty: true },
    ]);
  });

  it('has the bytes of each layer, base first', () => {
    expect(inspected.layerBytes).toEqual([1200, 34]);
  });

  it('has the digest of the manifest where a containerd store names it', () => {
    expect(parseInspect({ ...INSPECT, Descriptor: { digest: 'sha256:m' } }, []).digest).toBe('sha256:m');
  });

  it('has no digest where there is none', () => {
    for (const RepoDigests of [[], null, undefined, ['shop']]) {
      expect(parseInspect({ ...INSPECT, RepoDigests }, []).digest).toBeNull();
    }
  });

  it('may be little', () => {
    expect(parseInspect({ Id: ID }, null)).toMatchObject({
      id: ID,
      digest: null,
      bytes: null,
      layerBytes: [],
    });
    expect(parseInspect({ Id: ID }, [{}]).config.history).toEqual([
      { createdBy: null, created: null, empty: true },
    ]);
  });

  it.each([null, 'hello', [], {}, { Id: '' }, { Id: 7 }])('is not what %j is', (value) => {
    expect(() => parseInspect(value, [])).toThrow(expect.objectContaining({ code: 'daemon-error' }));
  });
});

describe('the platform that a daemon tells', () => {
  it('is written as everywhere', () => {
    expect(inspectedPlatform(INSPECT)).toBe('linux/arm64/v8');
    expect(inspectedPlatform({ Os: 'linux', Architecture: 'amd64', Variant: '' })).toBe('linux/amd64');
    expect(inspectedPlatform({ Os: 'linux' })).toBeNull();
  });
});
