import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'that 1 leads to the images from an image, and Esc back to it as it was',
  async run(user) {
    await user.toFilesOf(3);
    const before = user.picture;
    await user.press('1');
    await user.isOn('Images');
    await user.body.selects('peel/sample:latest');
    await user.press('escape');
    await user.seesAgain(before);
  },
});
