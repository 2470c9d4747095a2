import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'that the right arrow goes into an open directory, and the left one to the directory above',
  async run(user) {
    await user.toFilesOf(0);
    await user.press('right');
    await user.pane('Files').selects('lib/');
    await user.press('right');
    await user.pane('Files').selects('libstdc++.so.6');
    await user.press('left');
    await user.pane('Files').selects('▾ lib/');
    await user.press('left', 'left');
    await user.pane('Files').selects('▾ usr/');
  },
});
