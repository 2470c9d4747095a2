import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { goldenText } from '../../scripts/golden-screen.ts';
import { screenPictures, withScreens } from '../../scripts/screens-doc.ts';

const root = join(import.meta.dirname, '../..');
const text = (path: string) => readFileSync(join(root, path), 'utf8');

describe('the docs show what golden screens show; else npm run docs writes them', () => {
  it.each(screenPictures())('$path', ({ path, svg }) => {
    expect(text(path) === svg, `${path} is not what its golden screen is now: npm run docs`).toBe(true);
  });

  it('the screens of the README', () => {
    expect(text('README.md')).toBe(withScreens(text('README.md')));
  });

  it('every picture is shown, with words for those who do not see it', () => {
    const shown = [...text('README.md').matchAll(/!\[.{20,}\]\((docs\/screens\/.*)\)/g)].map(
      ([, path]) => path,
    );
    const drawn = readdirSync(join(root, 'docs/screens')).map((name) => `docs/screens/${name}`);
    expect(shown.toSorted()).toEqual(drawn.toSorted());
    expect(shown.toSorted()).toEqual(
      screenPictures()
        .map(({ path }) => path)
        .toSorted(),
    );
  });

  it('a terminal gets a screen as text', () => {
    expect(text('README.md')).toContain(`\`\`\`\n${goldenText('layer-5.80x24')}\n\`\`\``);
  });
});

describe('a README', () => {
  const whole = ['explore', 'text', 'waste', 'file', 'image'].map((name) => marked(name, 'old')).join('');

  it('has its screens renewed between their markers, and nothing else', () => {
    const written = withScreens(`before\n${whole}after`);
    expect(written).toMatch(/^before\n<!-- screen explore -->\n\n!\[Explore: /);
    expect(written).toMatch(/<!-- end of screen -->\nafter$/);
    expect(written).not.toContain('old');
  });

  it('without one of them is told so', () => {
    expect(() => withScreens(whole.replace('screen waste', 'waste'))).toThrow('The README shows no waste.');
  });

  it('that asks for another one is told so', () => {
    expect(() => withScreens(whole + marked('pull', ''))).toThrow('No screen is called “pull”.');
  });

  function marked(name: string, content: string): string {
    return `<!-- screen ${name} -->\n${content}\n<!-- end of screen -->\n`;
  }
});
