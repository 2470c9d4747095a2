import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'that the arrows walk the layers',
  async run(user) {
    await user.press('down', 'down', 'down');
    await user.pane('Layers').selects('WORKDIR /app');
    await user.press('up');
    await user.pane('Layers').selects('RUN apt-get');
  },
});
