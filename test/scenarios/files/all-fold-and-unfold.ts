import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'that - folds all directories and + unfolds them',
  async run(user) {
    await user.toFilesOf(0);
    await user.press('-');
    await user.pane('Files').lines('path', '▸ usr/', '▸ bin/', '▸ var/', '▸ etc/', '▸ dev/', 'tmp/');
    await user.status('All directories: folded.');
    await user.press('+');
    await user.pane('Files').hasNote('31 rows');
    await user.status('All directories: open.');
  },
});
