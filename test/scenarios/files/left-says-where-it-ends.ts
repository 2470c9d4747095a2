import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'that there is nothing above the outermost directory',
  async run(user) {
    await user.toFilesOf(0);
    await user.press('left', 'left');
    await user.pane('Files').selects('▸ usr/');
    await user.status('This is the outermost directory.');
  },
});
