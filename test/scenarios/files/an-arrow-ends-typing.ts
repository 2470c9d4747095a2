import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'that an arrow ends the typing of a filter and moves',
  async run(user) {
    await user.toFilesOf(0);
    await user.press('/');
    await user.type('ssl');
    await user.pane('Files').selects('usr/');
    await user.press('down');
    await user.pane('Files').selects('lib/');
    await user.pane('Files').hides('busybox');
    await user.press('j');
    await user.pane('Files').selects('libssl.so.3');
  },
});
