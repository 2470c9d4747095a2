import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'the life of the file under the cursor in the last line, where there is no room for details',
  sizes: [{ columns: 80, rows: 24 }],
  async run(user) {
    await user.toFilesOf(4);
    await user.press('j', 'j');
    await user.pane('Files').selects(' f1 ');
    await user.status('f1  4 added → 5 owner 0:0 ▸ 1000:1000 →');
  },
});
