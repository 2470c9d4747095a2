import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'that ] and [ go from layer to layer, past instructions without one',
  async run(user) {
    await user.press(']');
    await user.pane('Layers').selects('RUN apt-get');
    await user.press('[');
    await user.pane('Layers').selects('ADD file');
    await user.press('[');
    await user.status('This is the first layer.');
    await user.press(']', ']', ']', ']', ']', ']', ']');
    await user.pane('Layers').selects('RUN rm -rf');
    await user.press(']');
    await user.status('This is the last layer.');
  },
});
