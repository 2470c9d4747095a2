import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'that Tab leads into what would help where there is no room for all of it, and arrows read on there',
  sizes: [{ columns: 60, rows: 15 }],
  async run(user) {
    await user.press('3', 'd', 'G');
    await user.pane('Why and what would help').hasNote(/Tab reads on  1-\d+ of \d+/);
    await user.press('tab', 'tab');
    await user.pane('Why and what would help').hasFocus();
    await user.press('G');
    await user.pane('Why and what would help').hasNote(/^[2-9]\d*-(\d+) of \1$/);
    await user.press('tab');
    await user.pane('Waste by cause').hasFocus();
    await user.press('escape');
    await user.hasPanes('Where', 'Waste');
  },
});
