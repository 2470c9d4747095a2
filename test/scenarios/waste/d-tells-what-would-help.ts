import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'that d tells why, and what would help, on a screen that has no room for it beside all else',
  sizes: [{ columns: 80, rows: 24 }],
  async run(user) {
    await user.press('3');
    await user.pane('Waste by cause').hasFocus();
    await user.pane('Waste by cause').hasNote('d what would help');
    await user.press('d');
    await user.hasPanes('Where', 'Waste', 'Why');
    await user.press('j');
    await user
      .pane('Why and what would help')
      .containsLines(
        'Layer 5 repeats 40 files of 4: only the owner differs.',
        '800.0 kB  Layer 5 repeats 40 files of layer 4: only owner changed.',
        'Set it where the files are made',
      );
    await user.golden('waste-advice');
    await user.press('enter');
    await user.hasPanes('Where', 'Copies', 'Why');
    await user.press('escape');
    await user.hasPanes('Where', 'Waste', 'Copies');
    await user.pane('Copies').hasFocus();
  },
});
