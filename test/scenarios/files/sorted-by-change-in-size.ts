import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'by how much each size changed, where rows stand by that',
  async run(user) {
    await user.toFilesOf(1);
    await user.press('s', 's');
    await user.status('Sorted by change in size');
    await user.pane('Files').shows('+2.0 kB');
    await user.golden('by-change');
  },
});
