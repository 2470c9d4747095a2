// What is extracted of a real image, against what `docker export` gives and GNU tar unpacks: path by path, byte by byte.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { loadImage } from '../../src/cli/load-image.ts';
import { extract } from '../../src/extract/extract.ts';
import { connect } from '../../src/sources/docker/connect.ts';
import { DockerSource } from '../../src/sources/docker/docker-source.ts';
import { ROOT } from '../../src/tree/path-table.ts';
import { describeWithDaemon } from '../harness/daemon.ts';
import { isRoot } from '../harness/debian-packages.ts';
import { clientFor } from '../harness/dockerd.ts';
import { folderTruth } from '../harness/folder-truth.ts';
import { runtimeMade, type TrueFile } from '../harness/ground-truth.ts';
import { testImage } from '../harness/images.ts';
import { emptyDirectory } from '../harness/layouts.ts';

const { signal } = new AbortController();

/** An image may have to be built first. */
const SLOW = { timeout: 600_000 };

/** A container's file system, unpacked by tar. */
async function unpacked(host: string, image: string): Promise<string> {
  const directory = emptyDirectory();
  const container = await clientFor(host).createContainer({ Image: image, Cmd: ['never started'] });
  try {
    // tar reads no further than the archive goes: what follows that must find a reader too.
    const script = 'tar -x -p --no-same-owner -C "$0"; status=$?; cat >/dev/null; exit $status';
    const tar = spawn('sh', ['-c', script, directory], { stdio: ['pipe', 'ignore', 'inherit'] });
    const exited = once(tar, 'exit');
    await pipeline(await container.export(), tar.stdin);
    expect(await exited).toEqual([0, null]);
  } finally {
    await container.remove({ force: true });
  }
  return directory;
}

/** Files, directories and links: what is not left out, and what the runtime has not made. */
function comparable(directory: string): Record<string, Omit<TrueFile, 'uid' | 'gid'>> {
  const { files } = folderTruth(directory);
  const made = runtimeMade(files.keys());
  const kept = [...files].filter(
    ([path, { type }]) => ['file', 'directory', 'symlink'].includes(type) && !made.has(path),
  );
  return Object.fromEntries(
    kept.map(([path, { uid: _, gid: __, otherNames, ...file }]) => {
      // A further name of a symlink is a symlink of its own.
      return [path, { ...file, otherNames: file.type === 'symlink' ? [] : otherNames }];
    }),
  );
}

/** What the runtime puts over the image's own files. */
const OVERLAID = ['./.dockerenv', './etc/hostname', './etc/hosts', './etc/resolv.conf', './dev/console'];

/** Times and digests of all regular files. */
async function timesAndDigests(directory: string): Promise<string[]> {
  const script = "find . -type f -printf '%T@  %p\\n'; find . -type f -exec sha256sum {} +";
  // A process that hears nothing for long loses its connections to the daemon.
  const { stdout } = await promisify(execFile)('sh', ['-c', script], { cwd: directory, maxBuffer: 1 << 28 });
  return stdout
    .split('\n')
    .filter((line) => !OVERLAID.some((path) => line.endsWith(`  ${path}`)))
    .map(asExported)
    .sort();
}

/** Docker's exports have whole seconds, and none before 1970. */
const asExported = (line: string) => line.replace(/^-\d+\.\d+ /, '0 ').replace(/^(\d+)\.\d+ /, '$1 ');

describe.skipIf(!isRoot())('everything of a real image, extracted', () => {
  describeWithDaemon('from its daemon', (host) => {
    it.each(['debian', 'busybox', 'scratch'] as const)('is what tar unpacks: %s', SLOW, async (name) => {
      const reference = await testImage(name);
      const theirs = await unpacked(host, reference);
      const source = new DockerSource(await connect({ DOCKER_HOST: host }, signal), reference);
      const { analysis } = await loadImage(source, () => undefined, signal);
      const destination = emptyDirectory();
      const layer = analysis.stack.layers - 1;
      const wish = { analysis, layer, node: ROOT, destination, keepsSpecialBits: true };
      const report = await extract(wish, source, signal);
      expect(report.files).toBeGreaterThan(2);
      expect(comparable(destination)).toEqual(comparable(theirs));
      expect(await timesAndDigests(destination)).toEqual(await timesAndDigests(theirs));
    });
  });
});
