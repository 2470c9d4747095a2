import { deepEqual } from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { filesIn } from '../../harness/files-in.ts';
import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'that Tab completes the directory to extract into, and tells several apart',
  async run(user, { folder }) {
    for (const name of ['release-1', 'release-2', 'release-\n3', '.hidden']) mkdirSync(`${folder}/${name}`);
    await user.toFilesOf(1);
    await user.press('-', 's', 'g', 'x');
    await user.paste(`${folder}/re`);
    await user.press('tab');
    await user.status(/release-▏ {2}release-\\n3\/ {2}(\+2|release-1\/ {2}release-2\/)/);
    await user.type('9');
    await user.press('tab');
    await user.status('No directory there begins with release-9.');
    await user.press('backspace');
    await user.status(/into: .*release-▏/);
    await user.type('1');
    await user.press('tab');
    await user.status(/release-1\/▏/);
    await user.press('enter');
    await user.status('Extracted 3 files');
    deepEqual(Object.keys(filesIn(`${folder}/release-1`)), ['etc/motd', 'etc/os-release', 'etc/passwd']);
  },
});
