import { deepEqual } from 'node:assert/strict';
import { filesIn } from '../../harness/files-in.ts';
import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'that x extracts the file that is looked at, as that layer has it',
  async run(user, { folder }) {
    await user.toFilesOf(0);
    await user.press('/');
    await user.type('motd');
    await user.press('enter', 'n', 'enter');
    await user.isOn('File');
    await user.press('x');
    await user.status('extract /etc/motd into: ');
    await user.paste(folder);
    await user.press('enter');
    await user.status('Extracted 1 file (9 B)');
    deepEqual(filesIn(folder), { motd: 'Welcome.\n' });
  },
});
