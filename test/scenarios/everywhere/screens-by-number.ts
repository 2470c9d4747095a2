import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'each screen by its number',
  throughMultiplexers: true,
  async run(user) {
    await user.press('3');
    await user.isOn('Waste');
    await user.press('4');
    await user.isOn('Image');
    await user.press('2');
    await user.isOn('Explore');
    await user.press('5');
    await user.isOn('File');
    await user.press('1');
    await user.isOn('Images');
  },
});
