import type { ByteString } from '../image/entry.ts';
import { bytesOf } from '../image/text.ts';
import { NO_NODE, type PathTable } from './path-table.ts';
import type { NodeSet } from './view.ts';

/**
 * The nodes whose path contains a text, which may span several components (`lib/x86`). Small letters find capitals
 * too, a text with a capital finds itself alone (smart case, of ASCII letters).
 */
export function matchingNodes(paths: PathTable, text: string): NodeSet {
  const matches = new Uint8Array(paths.size);
  const foldCase = text === text.toLowerCase();
  const parts = bytesOf(text).split('/');
  const last = parts.at(-1) ?? '';
  const before = parts.slice(0, -1);
  paths.eachNameWith(last, foldCase, (node) => {
    if (before.length === 0) matches[node] = 1;
    else if (spans(paths, node, before, last, foldCase)) matches[node] = 1;
  });
  return matches;
}

/** Whether the node's name begins with `last` and its ancestors' names are `before`, the first one at its end. */
function spans(
  paths: PathTable,
  node: number,
  before: readonly string[],
  last: string,
  foldCase: boolean,
): boolean {
  const name = (at: number) => (foldCase ? withSmallLetters(paths.name(at)) : paths.name(at));
  if (!name(node).startsWith(last)) return false;
  let at = paths.parent(node);
  for (let index = before.length - 1; index >= 0; index--) {
    const part = before[index] ?? '';
    if (at === NO_NODE) return false;
    const isFirst = index === 0;
    if (isFirst ? !name(at).endsWith(part) : name(at) !== part) return false;
    at = paths.parent(at);
  }
  return true;
}

/** ASCII letters only: a byte beyond is a part of something else. */
function withSmallLetters(name: ByteString): ByteString {
  return name.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
}
