import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'that Enter keeps a filter, and Esc clears it with the cursor on its path',
  async run(user) {
    await user.toFilesOf(0);
    await user.press('/');
    await user.type('ssl');
    await user.press('enter');
    await user.status(/^(?!.*▏)/);
    await user.pane('Files').selects('libssl.so.3');
    await user.press('escape');
    await user.pane('Files').hasNote('31 rows');
    await user.pane('Files').selects('libssl.so.3');
  },
});
