import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'that it is said so when nothing but what is left out would be there',
  async run(user) {
    await user.toFilesOf(0);
    await user.press('a');
    await user.pane('Files').shows('Nothing but what is left out');
    await user.press('j');
    await user.status('There is nothing here.');
    await user.press('a');
    await user.pane('Files').hasNote('31 rows');
  },
});
