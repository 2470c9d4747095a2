import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'that a directory has the sum of the rows below it',
  async run(user) {
    await user.toFilesOf(0);
    await user.press('-');
    await user.pane('Files').containsLines(/955\.0 kB .*usr\//, /640\.0 kB .*bin\//, /480\.0 kB .*var\//);
    await user.press('+', '/');
    await user.type('ssl');
    await user.pane('Files').containsLines(/130\.0 kB .*usr\//, /130\.0 kB .*lib\//);
  },
});
