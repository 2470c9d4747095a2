import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'what several layers change together, until Esc ends it',
  async run(user) {
    await user.toFilesOf(4);
    await user.press('v', ']', ']', ']');
    await user.pane('Files').hasTitle('changes of layers 4 to 7');
    await user.golden('range-of-layers');
    await user.press('escape');
    await user.pane('Files').hasTitle('changes of layer 7');
  },
});
