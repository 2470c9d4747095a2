import { deepEqual, equal } from 'node:assert/strict';
import { statSync } from 'node:fs';
import { filesIn } from '../../harness/files-in.ts';
import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'that x extracts a directory with all that is in it, as the layer has it',
  async run(user, { folder }) {
    await user.toFilesOf(1);
    await user.press('-', 's', 'g');
    await user.pane('Files').selects('etc/');
    await user.press('x');
    await user.status('extract /etc into: ');
    await user.paste(`${folder}/out`);
    await user.press('enter');
    await user.status(/Extracted 3 files \(\d+ B\) into/);
    deepEqual(filesIn(`${folder}/out`), {
      'etc/motd': 'Welcome, upgraded.\n',
      'etc/os-release': 'NAME="peel sample"\nID=sample\nVERSION_ID="1"\n',
      'etc/passwd': 'root:x:0:0:root:/root:/bin/sh\napp:x:1000:1000::/app:/bin/sh\n',
    });
    equal(statSync(`${folder}/out/etc/motd`).mode & 0o777, 0o644);
  },
});
