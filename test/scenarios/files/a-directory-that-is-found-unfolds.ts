import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'that a directory which a text finds weighs what is in it, and unfolds',
  async run(user) {
    await user.toFilesOf(0);
    await user.press('/');
    await user.type('usr/lib');
    await user.press('enter');
    await user.pane('Files').selects('lib/');
    await user.pane('Files').hides('libssl.so.3');
    await user.press('right');
    await user.pane('Files').shows('libssl.so.3');
    await user.press('n');
    await user.status('1 of 1');
    await user.press('left');
    await user.pane('Files').hides('libssl.so.3');
  },
});
