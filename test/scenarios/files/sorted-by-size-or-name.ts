import { scenario } from '../../harness/scenario.ts';
import { selected } from '../../harness/scenario-lines.ts';

export default scenario({
  shows: 'that s sorts otherwise, the cursor on the same path',
  async run(user) {
    await user.toFilesOf(0);
    await user.press('-');
    await user.pane('Files').lines('path', 'usr/', 'bin/', 'var/', 'etc/', 'dev/', 'tmp/');
    await user.press('j');
    await user.pane('Files').selects('bin/');
    await user.press('s');
    await user.status('Sorted by name.');
    await user.pane('Files').lines('path', selected('bin/'), 'dev/', 'etc/', 'tmp/', 'usr/', 'var/');
    await user.press('s');
    await user.pane('Files').selects('bin/');
  },
});
