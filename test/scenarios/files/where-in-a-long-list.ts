import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'which rows of a list are seen that is longer than its pane',
  sizes: [{ columns: 80, rows: 24 }],
  async run(user) {
    await user.pane('Files').hasNote('by size · 1-11 of 31 rows');
    await user.toFilesOf(0);
    await user.press('G');
    await user.pane('Files').hasNote('by size · 21-31 of 31 rows');
    await user.press('-');
    await user.pane('Files').hasNote('by size · 6 rows');
  },
});
