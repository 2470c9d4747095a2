import { EVERY_SIZE, scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'at one glance what was opened and where its bytes went',
  sizes: EVERY_SIZE,
  looks: ['colour', 'mono'],
  throughMultiplexers: true,
  async run(user) {
    await user.header('peel/sample:latest');
    await user.header('wasted 2.3 MB 48.1 %');
    await user.isOn('Explore');
    await user.pane('Layers').hasFocus();
    await user.pane('Layers').selects(/^▸ 0 +2\.1 MB +█+▒+ +ADD file/);
    await user.pane('Files').hasTitle('changes of layer 0');
    await user.status('? keys');
    await user.golden('explore');
  },
});
