import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'the life of the file under the cursor beside it, and the last line free for keys',
  sizes: [{ columns: 120, rows: 40 }],
  async run(user) {
    await user.toFilesOf(4);
    await user.press('j', 'j');
    await user.pane('Files').selects(' f1 ');
    await user.pane('File').shows(/ 5 ↻ repeated/);
    await user.pane('File').shows('owner 0:0 ▸ 1000:1000');
    await user.status(/^ +\/ filter/);
  },
});
