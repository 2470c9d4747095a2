import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const dist = join(import.meta.dirname, '../dist');
const textOf = (file: string) => readFileSync(join(dist, file), 'utf8');
const chunks = readdirSync(join(dist, 'chunks')).map((name) => `chunks/${name}`);
const importsOf = (file: string) =>
  Array.from(textOf(file).matchAll(/\b(?:import|from)\s*["'`]([^"'`]+)["'`]/g), ([, from]) => from);

describe('the bundle', () => {
  it('has what every start needs in one file', () => {
    const [start = '', ...others] = importsOf('peel.js');
    expect(start).toBe('./chunks/start.js');
    expect(others).toEqual([]);
    expect(importsOf(start.replace('./', ''))).toEqual([]);
  });

  it('imports none of Node’s own modules', () => {
    expect(['peel.js', ...chunks].flatMap(importsOf).filter((from) => from?.startsWith('node:'))).toEqual([]);
  });

  it('has no pattern of all emoji that would be read at every start', () => {
    const withPattern = chunks.filter((file) => textOf(file).includes('RGI_Emoji'));
    expect(withPattern).toHaveLength(1);
    // Within a string, backslashes are escaped.
    for (const file of withPattern) expect(textOf(file)).not.toMatch(/[^\\]\\p\{RGI_Emoji\}/);
  });

  it('has Ink remember the lines of the last frames', () => {
    expect(chunks.filter((file) => /styledChars\.size\s*>\s*300/.test(textOf(file)))).toHaveLength(1);
  });

  it('leaves no package without its place', () => {
    expect(chunks.filter((file) => /\b__(?:dirname|filename)\b/.test(textOf(file)))).toEqual([]);
  });
});
