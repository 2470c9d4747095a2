import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'the explorer on the smallest screen that it fits on',
  sizes: [{ columns: 60, rows: 15 }],
  async run(user) {
    await user.pane('Layers').selects('ADD file');
    await user.press('tab', 'j');
    await user.pane('Files').selects('lib/');
    await user.golden('smallest');
  },
});
