import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'that a pager which is not there is told of in one line, and the screen stands',
  env: { PAGER: 'no-such-pager' },
  async run(user) {
    await user.toFilesOf(0);
    await user.press('o');
    await user.status('Only a file has content that a pager could show.');
    await user.press('/');
    await user.type('motd');
    await user.press('enter', 'n', 'o');
    await user.status('no-such-pager: there is no such program; PAGER names one that shows files.');
    await user.pane('Files').selects('motd');
  },
});
