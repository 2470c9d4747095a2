/**
 * The line, from 1, on which a TOML document sets a key of a table (`''`: of none); null where it cannot be told. The
 * parser tells lines only of what is no TOML: this finds those of values that are not wanted.
 */
export function findLine(text: string, table: string, key: string): number | null {
  const wanted = table === '' ? key : `${table}.${key}`;
  let inside = '';
  for (const [index, line] of text.split('\n').entries()) {
    const header = /^\s*\[\s*([^\][]+?)\s*\]/.exec(line)?.[1];
    if (header !== undefined) {
      inside = `${unquoted(header)}.`;
      if (inside === `${wanted}.`) return index + 1;
      continue;
    }
    const name = /^\s*((?:"[^"]*"|'[^']*'|[\w-]+)(?:\s*\.\s*(?:"[^"]*"|'[^']*'|[\w-]+))*)\s*=/.exec(
      line,
    )?.[1];
    if (name === undefined) continue;
    const path = inside + unquoted(name);
    if (path === wanted || path.startsWith(`${wanted}.`)) return index + 1;
  }
  return null;
}

function unquoted(name: string): string {
  return name.replaceAll(/["']|\s*(\.)\s*/g, '$1');
}
