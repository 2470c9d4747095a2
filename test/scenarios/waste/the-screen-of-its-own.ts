import { EVERY_SIZE, scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'where every byte went, on a screen of its own',
  sizes: EVERY_SIZE,
  looks: ['colour', 'mono'],
  throughMultiplexers: true,
  async run(user) {
    await user.press('3');
    await user.isOn('Waste');
    await user.sees('main_binary-amd64_Packages');
    await user.golden('waste-screen');
  },
});
