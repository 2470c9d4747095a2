import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'that / on the image says at once that it is not searched, and the next key does its work',
  async run(user) {
    await user.press('4', '/');
    await user.status('This text is not searched: 2 leads to the files.');
    await user.press('2');
    await user.isOn('Explore');
  },
});
