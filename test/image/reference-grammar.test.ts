/** The grammar of github.com/distribution/reference: what Docker takes, and what it calls an invalid reference. */
import { describe, expect, it } from 'vitest';
import { checkReference } from '../../src/image/reference-grammar.ts';

const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;

describe('the name of an image', () => {
  it.each([
    'nginx',
    'nginx:1.27',
    'a',
    'a/b/c/d',
    'a__b/c-d/e.f/g---h',
    'docker.io/library/nginx',
    'localhost/nginx',
    'localhost:5000/nginx:1',
    'REGISTRY.example:5000/a/b',
    '[2001:db8::1]:5000/a',
    'nginx:_odd.Tag-1',
    `nginx:${'a'.repeat(128)}`,
    'a'.repeat(255),
    `nginx@${DIGEST}`,
    `localhost:5000/a/b:1@${DIGEST}`,
    DIGEST,
    DIGEST.slice('sha256:'.length),
    'cafe',
    'sha256:cafe',
  ])('may be %s', (reference) => {
    expect(() => checkReference(reference)).not.toThrow();
  });

  it.each<[string, RegExp]>([
    ['Nginx', /lower case \("nginx"\)/],
    ['localhost/Nginx', /lower case/],
    ['library/NGINX:1', /lower case/],
    ['nginx:', /the tag is empty/],
    ['my image', /white space/],
    ['nginx:1 ', /white space/],
    ['nginx:a:b', /a tag has letters/],
    ['nginx:-1', /a tag has letters/],
    [`nginx:${'a'.repeat(129)}`, /its tag is longer than 128/],
    ['a'.repeat(256), /longer than 255/],
    [`a/${'b/'.repeat(200)}c`, /longer than 255/],
    ['a..b', /"a\.\.b" is not made of/],
    ['a_-b', /not made of/],
    ['-a', /not made of/],
    ['a//b', /a part of it is empty/],
    [':1', /a part of it is empty/],
    ['nginx@', /what follows @ is a digest/],
    ['nginx@sha256:12', /what follows @ is a digest/],
    [`nginx@${DIGEST}@${DIGEST}`, /what follows @ is a digest/],
    ['reg_istry.example/a', /is no registry/],
    ['bildchen\u001b[2J', /not made of/],
  ])('may not be %s', (reference, fault) => {
    expect(() => checkReference(reference)).toThrow(fault);
    expect(() => checkReference(reference)).toThrow(expect.objectContaining({ code: 'arguments' }));
    expect(() => checkReference(reference)).toThrow(/^[^\n\u001b]{1,500}$/);
  });
});
