// Puts measured tables into bench/README.md, each between two markers of its own.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const path = join(import.meta.dirname, 'README.md');

/**
 * Replaces what stands between `<!-- name -->` and `<!-- /name -->`.
 * @throws Error when the markers are not there
 */
export function writeTable(name: string, lines: readonly string[]): void {
  const old = readFileSync(path, 'utf8');
  const [open, close] = [`<!-- ${name} -->\n`, `<!-- /${name} -->`];
  const start = old.indexOf(open);
  const end = old.indexOf(close, start);
  if (start < 0 || end < 0) throw new Error(`bench/README.md has no markers for ${name}`);
  writeFileSync(path, `${old.slice(0, start + open.length)}${lines.join('\n')}\n${old.slice(end)}`);
}
