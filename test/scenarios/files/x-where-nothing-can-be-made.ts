import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'that extracting into what a file system will not have made fails in one line, and peel can be left',
  sizes: [{ columns: 120, rows: 40 }],
  async run(user) {
    await user.toFilesOf(1);
    await user.press('x');
    await user.paste('/proc/nope');
    await user.press('enter');
    await user.status('Cannot make /proc/nope: the file system takes no directory there.');
    await user.leaves('q');
  },
});
