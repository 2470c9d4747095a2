import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'that m leaves out what was modified, and shows it again',
  async run(user) {
    await user.toFilesOf(5);
    await user.pane('Files').shows(/^[ ▸]± /);
    await user.press('m');
    await user.status('Paths modified: left out.');
    await user.pane('Files').hides(/^[ ▸]± /);
    await user.press('m');
    await user.status('Paths modified: shown.');
    await user.pane('Files').shows(/^[ ▸]± /);
  },
});
