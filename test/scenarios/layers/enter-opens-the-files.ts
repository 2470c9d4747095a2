import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'that Enter leads to the files of a layer, and Esc back',
  async run(user) {
    await user.press('enter');
    await user.pane('Files').hasFocus();
    await user.press('escape');
    await user.pane('Layers').hasFocus();
  },
});
