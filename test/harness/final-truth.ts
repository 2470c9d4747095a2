// Holds the files of a report against a file system that somebody else made of the image.
import type { ReportFile } from '../../src/report/final-files.ts';
import { runtimeMade, type TrueFile } from './ground-truth.ts';

/** Directories that no tar header of the image speaks of: how they look is the unpacker's own choice. */
const implied = new Set(['/implied', '/implied/deeper']);

/** The names that share an inode, for every path that the report calls a hard link or links to. */
function linkedNames(files: readonly ReportFile[]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const { type, path, link } of files) {
    if (type !== 'hardlink' || link === null) continue;
    groups.set(link, [...(groups.get(link) ?? [link]), path]);
  }
  const byName = new Map<string, string[]>();
  for (const names of groups.values()) for (const name of names) byName.set(name, names);
  return byName;
}

/** The reported files in the form of the truth: which name of a hard link counts as the first is nobody's business. */
export function asTruth(files: readonly ReportFile[]): Map<string, unknown> {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const linked = linkedNames(files);
  const found = new Map<string, unknown>();
  for (const file of files) {
    const first = file.type === 'hardlink' ? byPath.get(file.link ?? '') : file;
    found.set(file.path, {
      type: first?.type,
      size: first?.type === 'file' ? file.size : 0,
      mode: file.mode,
      uid: file.uid,
      gid: file.gid,
      link: first?.type === 'symlink' ? first.link : null,
      otherNames: (linked.get(file.path) ?? []).filter((name) => name !== file.path).sort(),
    });
  }
  found.delete('/');
  return found;
}

/**
 * Every path on which the two disagree, with both opinions.
 * @param outside paths of which the truth knows nothing: unless said otherwise, what Docker's runtime makes
 */
export function differences(
  truth: ReadonlyMap<string, TrueFile>,
  found: ReadonlyMap<string, unknown>,
  outside: ReadonlySet<string> = runtimeMade(truth.keys()),
): string[] {
  const paths = [...new Set([...truth.keys(), ...found.keys()])].filter((path) => !outside.has(path)).sort();
  return paths.flatMap((path) => {
    const [wanted, got] = [truth, found].map((side) =>
      JSON.stringify(side.get(path), implied.has(path) ? ['type'] : null),
    );
    return wanted === got
      ? []
      : [`${JSON.stringify(path)}: the truth is ${wanted ?? 'nothing'}, peel has ${got ?? 'nothing'}`];
  });
}
