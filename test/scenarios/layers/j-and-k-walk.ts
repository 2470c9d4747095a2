import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'that j and k walk the layers, and the files follow',
  looks: ['colour'],
  throughMultiplexers: true,
  async run(user) {
    await user.pane('Layers').selects('ADD file');
    await user.press('j');
    await user.pane('Layers').selects('ENV LANG=C');
    await user.press('j', 'j', 'j');
    await user.pane('Layers').selects('COPY . .');
    await user.pane('Files').hasTitle('changes of layer 3');
    await user.press('k', 'k');
    await user.pane('Files').hasTitle('changes of layer 1');
    await user.press('j', 'j', 'j', 'j');
    await user.golden('layer-5');
  },
});
