import { deepEqual } from 'node:assert/strict';
import { filesIn } from '../../harness/files-in.ts';
import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'that nothing is written where a file stands in place of a directory, and nothing is offered',
  sizes: [{ columns: 120, rows: 40 }],
  async run(user, stage) {
    stage.file('etc', 'no directory');
    await user.toFilesOf(1);
    await user.press('-', 's', 'g', 'x');
    await user.paste(stage.folder);
    await user.press('enter');
    await user.status('etc is in the way: nothing but a file is replaced.');
    deepEqual(filesIn(stage.folder), { etc: 'no directory' });
  },
});
