import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'that letters that are keys elsewhere are letters in a filter',
  async run(user) {
    await user.toFilesOf(0);
    await user.press('/');
    await user.type('qjt');
    await user.status('/qjt');
    await user.pane('Files').shows('No path matches qjt');
    await user.press('escape');
    await user.pane('Files').hasNote('31 rows');
  },
});
