import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'that i leads there from a pane, and Esc back to it',
  async run(user) {
    await user.toFilesOf(1);
    const before = user.picture;
    await user.press('i');
    await user.isOn('Image');
    await user.press('escape');
    await user.seesAgain(before);
  },
});
