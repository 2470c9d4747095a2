import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'that Esc leaves the help for the screen on which it was asked for',
  async run(user) {
    await user.toFilesOf(1);
    const before = user.picture;
    await user.press('?', 'escape');
    await user.seesAgain(before);
  },
});
