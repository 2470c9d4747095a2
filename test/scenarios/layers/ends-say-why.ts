import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'why a key does nothing at the first row and at the last',
  async run(user) {
    await user.press('k');
    await user.status('This is the first row.');
    await user.press('G');
    await user.status('CMD ["');
    await user.press('j');
    await user.status('This is the last row.');
    await user.pane('Layers').selects('CMD ["');
  },
});
