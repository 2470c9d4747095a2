import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'that where to extract is typed, other keys say so, and Esc leaves it',
  async run(user) {
    await user.toFilesOf(0);
    await user.press('x');
    await user.status('. if nothing is typed');
    await user.type('q?');
    await user.status('into: q?');
    await user.press('backspace');
    await user.status(/into: q[^?]/);
    await user.press('pagedown');
    await user.status('Type a directory: Tab completes it, Enter extracts into it.');
    await user.press('escape');
    await user.status('Nothing has been extracted.');
    await user.pane('Files').hasFocus();
  },
});
