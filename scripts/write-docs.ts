// Writes the docs that follow from the code: npm run docs.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { keysPage, withKeyTable } from './keys-doc.ts';

const root = join(import.meta.dirname, '..');
const readme = join(root, 'README.md');

writeFileSync(join(root, 'docs/keys.md'), keysPage());
writeFileSync(readme, withKeyTable(readFileSync(readme, 'utf8')));
