import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'that g and G, Home and End go to both ends',
  async run(user) {
    await user.press('G');
    await user.pane('Layers').selects('CMD ["');
    await user.press('g');
    await user.pane('Layers').selects('ADD file');
    await user.press('end');
    await user.pane('Layers').selects('CMD ["');
    await user.press('home');
    await user.pane('Layers').selects('ADD file');
  },
});
