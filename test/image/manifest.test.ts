import { describe, expect, it } from 'vitest';
import { manifestOf, parseIndex, parseSavedImages } from '../../src/image/manifest.ts';

describe('manifest.json of docker save', () => {
  it('names the config, the tags and the layers of each image', () => {
    const value = [
      { Config: 'c.json', RepoTags: ['a:1', 'a:2'], Layers: ['x/layer.tar', 'y/layer.tar'] },
      { Config: 'd.json', RepoTags: null, Layers: null },
    ];
    expect(parseSavedImages(value)).toEqual([
      { config: 'c.json', tags: ['a:1', 'a:2'], layers: ['x/layer.tar', 'y/layer.tar'] },
      { config: 'd.json', tags: [], layers: [] },
    ]);
  });

  it('passes over elements without a config', () => {
    expect(parseSavedImages([{ RepoTags: ['a:1'] }, 7, { Config: 'c.json' }])).toHaveLength(1);
  });

  it.each([null, {}, [], 'text', [{}], [{ Config: '' }], [{ Config: 7 }]])('is not what %j is', (value) => {
    expect(() => parseSavedImages(value)).toThrow(expect.objectContaining({ code: 'not-an-image' }));
  });
});

describe('an image index', () => {
  it('lists descriptors', () => {
    const annotations = { 'org.opencontainers.image.ref.name': 'a:1' };
    expect(parseIndex({ manifests: [{ digest: 'sha256:a', annotations }, { digest: 'sha256:b' }] })).toEqual([
      { digest: 'sha256:a', annotations, platform: null },
      { digest: 'sha256:b', annotations: {}, platform: null },
    ]);
  });

  it('leaves attestations out: they are no images', () => {
    const annotations = { 'vnd.docker.reference.type': 'attestation-manifest' };
    expect(parseIndex({ manifests: [{ digest: 'sha256:a', annotations }] })).toEqual([]);
  });

  it('leaves out what is for no platform that there is', () => {
    const platform = { os: 'unknown', architecture: 'unknown' };
    expect(parseIndex({ manifests: [{ digest: 'sha256:a', platform }] })).toEqual([]);
  });

  it.each([null, [], 'text', {}, { manifests: {} }, { manifests: [{ digest: 7 }, null] }])(
    'leads nowhere when it is %j',
    (value) => {
      expect(parseIndex(value)).toEqual([]);
    },
  );
});

describe('an image manifest', () => {
  it('names the digests of config and layers', () => {
    const value = {
      config: { digest: 'sha256:c' },
      layers: [{ digest: 'sha256:a' }, { digest: 'sha256:b' }],
    };
    expect(manifestOf(value)).toEqual({ config: 'sha256:c', layers: ['sha256:a', 'sha256:b'] });
  });

  it.each([
    null,
    [],
    { layers: [] },
    { config: {}, layers: [] },
    { config: { digest: 'sha256:c' } },
    { config: { digest: 'sha256:c' }, layers: {} },
    { config: 'sha256:c', layers: [] },
    // The config of an image has a `config` too.
    { config: { Cmd: ['sh'] }, rootfs: { diff_ids: [] } },
  ])('is not what %j is', (value) => {
    expect(manifestOf(value)).toBeNull();
  });
});
