import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'that = unfolds all, for keyboards on which + needs Shift',
  async run(user) {
    await user.toFilesOf(0);
    await user.press('-', '=');
    await user.pane('Files').hasNote('31 rows');
  },
});
