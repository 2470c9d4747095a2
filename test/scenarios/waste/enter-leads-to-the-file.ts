import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'that Enter leads to the file in the layer that stores it, and Esc back',
  throughMultiplexers: true,
  async run(user) {
    await user.press('w', 'j', 'j');
    await user.pane('Waste').selects('babel.json');
    await user.press('enter');
    await user.pane('Files').hasFocus();
    await user.pane('Files').hasTitle('changes of layer 3');
    await user.pane('Files').selects(/babel\.json .*✗ deleted in 6/);
    await user.press('escape');
    await user.pane('Waste').hasFocus();
    await user.pane('Waste').selects('babel.json');
  },
});
