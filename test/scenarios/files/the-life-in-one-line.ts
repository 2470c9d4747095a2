import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'the life of the file under the cursor in the last line',
  sizes: [{ columns: 120, rows: 40 }],
  async run(user) {
    await user.toFilesOf(4);
    await user.press('j', 'j');
    await user.pane('Files').selects(' f1 ');
    await user.status('4 added → 5 owner 0:0 ▸ 1000:1000 → 7 deleted');
  },
});
