// The screens that the docs show, drawn from the golden screens of the tests.

import { goldenRows, goldenText } from './golden-screen.ts';
import { screenSvg } from './screen-svg.ts';

/** A picture of the docs. */
export interface ScreenPicture {
  /** In the repository. */
  readonly path: string;
  readonly svg: string;
}

/** The name of the picture, the golden screen that it shows, and what stands on it for those who do not see it. */
const PICTURES = [
  [
    'explore',
    'layer-5.120x40',
    'Explore: layers with their sizes, the files that layer 5 changed, what would help, and the waste of the image',
  ],
  [
    'waste',
    'waste-screen.120x40',
    'Waste: where every byte went, the commands that waste, the copies they hide, and what would help',
  ],
  [
    'file',
    'file-changes.80x24',
    'File: the life of a file from layer to layer, and below it the lines that one layer changed',
  ],
  [
    'image',
    'image.120x40',
    'Image: reference, identifiers, platform, configuration and history of the image',
  ],
] as const;

/** What a small terminal shows, for those who read the README on one. */
const TEXT = 'layer-5.80x24';

const pathOf = (name: string): string => `docs/screens/${name}.svg`;

export function screenPictures(): ScreenPicture[] {
  return PICTURES.map(([name, golden, alt]) => ({
    path: pathOf(name),
    svg: screenSvg(goldenRows(golden), `peel, ${alt}`),
  }));
}

/** A README with today's screens between its markers, `<!-- screen explore -->` and `<!-- end of screen -->`. */
export function withScreens(readme: string): string {
  const contents = new Map<string, string>([
    ...PICTURES.map(([name, , alt]) => [name, `![${alt}](${pathOf(name)})`] as const),
    ['text', `\`\`\`\n${goldenText(TEXT)}\n\`\`\``],
  ]);
  const missing = new Set(contents.keys());
  const written = readme.replace(
    /(<!-- screen (\S+) -->\n)[^]*?(<!-- end of screen -->)/g,
    (_whole, begin: string, name: string, end: string) => {
      const content = contents.get(name);
      if (content === undefined) throw new Error(`No screen is called “${name}”.`);
      missing.delete(name);
      return `${begin}\n${content}\n\n${end}`;
    },
  );
  if (missing.size > 0) throw new Error(`The README shows no ${[...missing].join(', ')}.`);
  return written;
}
