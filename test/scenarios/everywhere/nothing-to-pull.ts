import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'that there is nothing to pull where the image is here',
  async run(user) {
    await user.press('p');
    await user.status('The image is here: there is nothing to pull.');
  },
});
