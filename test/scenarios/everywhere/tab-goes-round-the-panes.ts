import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'that Tab moves the focus through every pane, and Shift-Tab back',
  async run(user) {
    for (const pane of ['Files', 'File', 'Waste', 'Layers']) {
      await user.press('tab');
      await user.pane(pane).hasFocus();
    }
    for (const pane of ['Waste', 'File', 'Files', 'Layers']) {
      await user.press('shift-tab');
      await user.pane(pane).hasFocus();
    }
  },
});
