import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'the last of what is wasted, and Esc leads to the layers',
  async run(user) {
    await user.press('w', 'G');
    await user.pane('Waste').hasNote('53 of 53');
    await user.press('j');
    await user.status('This is the last row.');
    await user.press('escape');
    await user.pane('Layers').hasFocus();
  },
});
