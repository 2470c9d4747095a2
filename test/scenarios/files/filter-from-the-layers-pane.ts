import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'that / leads to the files from the layers',
  async run(user) {
    await user.press('/');
    await user.pane('Files').hasFocus();
    await user.type('passwd');
    await user.pane('Files').containsLines('▾ bin/', 'passwd');
  },
});
