import { describe, expect, it } from 'vitest';
import { bestFor, formatPlatform, parsePlatform } from '../../src/image/platform.ts';

/** Of the platforms, those that suit best. */
const best = (wanted: string, ...platforms: readonly string[]): string[] =>
  bestFor(
    parsePlatform(wanted),
    platforms.map((text) => ({ text, platform: parsePlatform(text) })),
  ).map(({ text }) => text);

describe('a platform', () => {
  it.each([
    ['linux/amd64', 'linux/amd64'],
    ['linux/arm64/v8', 'linux/arm64/v8'],
    ['Linux/X86_64', 'linux/amd64'],
    ['linux/aarch64', 'linux/arm64'],
    ['windows/amd64', 'windows/amd64'],
  ])('is read as it is written: %s', (text, platform) => {
    expect(formatPlatform(parsePlatform(text))).toBe(platform);
  });

  it.each(['', 'linux', 'linux/', '/amd64', 'linux/arm/v7/x', 'linux/arm/', 'lin ux/amd64', 'linux/\u001b'])(
    'is not "%s"',
    (text) => {
      expect(() => parsePlatform(text)).toThrow(expect.objectContaining({ code: 'arguments' }));
    },
  );
});

describe('the image for a platform', () => {
  it('is the one for it', () => {
    expect(best('linux/arm64', 'linux/amd64', 'linux/arm64', 'windows/arm64')).toEqual(['linux/arm64']);
  });

  it('may name a variant that goes without saying', () => {
    expect(best('linux/arm64', 'linux/arm64/v8')).toEqual(['linux/arm64/v8']);
    expect(best('linux/arm', 'linux/arm/v6', 'linux/arm/v7')).toEqual(['linux/arm/v7']);
    expect(best('linux/amd64/v1', 'linux/amd64', 'linux/amd64/v3')).toEqual(['linux/amd64']);
  });

  it('is one for an older variant where there is none for its own, and never one for a newer', () => {
    expect(best('linux/arm/v7', 'linux/arm/v5', 'linux/arm/v6', 'linux/arm/v8')).toEqual(['linux/arm/v6']);
    expect(best('linux/amd64', 'linux/amd64/v2')).toEqual([]);
  });

  it('is none where there is none, and no choice is made among several', () => {
    expect(best('linux/s390x', 'linux/amd64')).toEqual([]);
    expect(best('linux/s390x')).toEqual([]);
    expect(bestFor(parsePlatform('linux/amd64'), [{ platform: null }])).toEqual([]);
    expect(best('linux/amd64', 'linux/amd64', 'linux/amd64')).toHaveLength(2);
  });
});
