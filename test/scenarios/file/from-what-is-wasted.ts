import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'that 5 shows the wasted file under the cursor',
  async run(user) {
    await user.press('w', 'j', 'j', '5');
    await user.isOn('File');
    await user.sees('/app/node_modules/.cache/babel.json');
    await user.press('escape');
    await user.pane('Waste').hasFocus();
    await user.pane('Waste').selects('babel.json');
  },
});
