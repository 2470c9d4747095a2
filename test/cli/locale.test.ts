import { describe, expect, it } from 'vitest';
import { isUtf8 } from '../../src/cli/locale.ts';

describe('a locale', () => {
  it.each([
    [{ LANG: 'de_DE.UTF-8' }, true],
    [{ LANG: 'C.utf8' }, true],
    [{ LC_ALL: 'C', LANG: 'C.UTF-8' }, false],
    [{ LC_ALL: '', LC_CTYPE: 'C.UTF-8', LANG: 'C' }, true],
    [{}, false],
  ])('%j has more than ASCII: %s', (env, hasMore) => {
    expect(isUtf8(env)).toBe(hasMore);
  });
});
