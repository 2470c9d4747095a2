import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'that pages scroll through a list that is longer than its pane',
  sizes: [{ columns: 80, rows: 24 }],
  async run(user) {
    await user.pane('Layers').hasNote('1-5 of 11');
    await user.press('pagedown');
    await user.pane('Layers').selects('COPY . .');
    await user.press('f', 'f');
    await user.pane('Layers').hasNote('7-11 of 11');
    await user.pane('Layers').selects('CMD ["');
    await user.press('pageup', 'b', 'b');
    await user.pane('Layers').hasNote('1-5 of 11');
    await user.pane('Layers').selects('ADD file');
  },
});
