import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'why 5 leads nowhere from an instruction without a layer',
  async run(user) {
    await user.press('j', '5');
    await user.status('There is no file under the cursor');
    await user.isOn('Explore');
  },
});
