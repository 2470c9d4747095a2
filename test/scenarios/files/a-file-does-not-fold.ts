import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'why a file does not fold',
  async run(user) {
    await user.toFilesOf(0);
    await user.press('j', 'j');
    await user.pane('Files').selects('libstdc++.so.6');
    await user.press('right');
    await user.status('Nothing to unfold: Enter shows the file.');
    await user.press('space');
    await user.status('Only a directory with rows below it folds.');
    await user.pane('Files').selects('libstdc++.so.6');
  },
});
