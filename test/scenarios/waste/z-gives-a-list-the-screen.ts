import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'that z gives the whole screen to the groups or the copies of what is wasted, until z or Esc',
  async run(user) {
    await user.press('3', 'j');
    await user.pane('Waste by cause').selects('RUN chown');
    await user.press('z');
    await user.hasPanes('Waste');
    await user.pane('Waste by cause').selects('RUN chown');
    await user.press('enter');
    await user.hasPanes('Copies');
    await user.press('G');
    await user.pane('Copies').hasNote('40 of 40');
    await user.press('4', '3');
    await user.hasPanes('Copies');
    await user.press('escape');
    await user.hasPanes('Where', 'Waste', 'Copies');
    await user.pane('Copies').hasFocus();
    await user.pane('Copies').hasNote('40 of 40');
  },
  sizes: [{ columns: 80, rows: 24 }],
});
