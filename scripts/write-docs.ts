// Writes the docs that follow from the code: npm run docs.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { keysPage, withKeyTable } from './keys-doc.ts';
import { screenPictures, withScreens } from './screens-doc.ts';

const root = join(import.meta.dirname, '..');
const readme = join(root, 'README.md');

writeFileSync(join(root, 'docs/keys.md'), keysPage());
writeFileSync(readme, withScreens(withKeyTable(readFileSync(readme, 'utf8'))));
mkdirSync(join(root, 'docs/screens'), { recursive: true });
for (const { path, svg } of screenPictures()) writeFileSync(join(root, path), svg);
