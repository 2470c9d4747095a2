import { EVERY_SIZE, scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'all that is known of the image',
  sizes: EVERY_SIZE,
  looks: ['colour', 'mono'],
  throughMultiplexers: true,
  async run(user) {
    await user.press('4');
    await user.isOn('Image');
    await user.sees(/platform +linux\/amd64/);
    await user.sees(/user +1000/);
    await user.golden('image');
  },
});
