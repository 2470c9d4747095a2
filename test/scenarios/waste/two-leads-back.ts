import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'that 2 leads from the screen of the waste to the layers as they were',
  async run(user) {
    await user.press('j', 'j');
    const before = user.picture;
    await user.press('3');
    await user.isOn('Waste');
    await user.press('2');
    await user.seesAgain(before);
  },
});
