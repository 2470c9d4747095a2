import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'that keys for folding say where they work',
  async run(user) {
    await user.press('space');
    await user.status('Folding works in the files pane: Tab leads there.');
    await user.press('l');
    await user.status('Tab goes from pane to pane.');
    await user.pane('Layers').selects('ADD file');
  },
});
