import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'that n and N go through what a filter finds, and around',
  async run(user) {
    await user.toFilesOf(0);
    await user.press('/');
    await user.type('ssl');
    await user.press('enter');
    await user.pane('Files').selects('libssl.so.3');
    await user.press('n');
    await user.status('2 of 2.');
    await user.press('n');
    await user.status('1 of 2, again from the first.');
    await user.press('N');
    await user.status('2 of 2, again from the last.');
    await user.pane('Files').selects('libssl.so');
  },
});
