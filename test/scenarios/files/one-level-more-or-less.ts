import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'that ) opens one level more everywhere, and ( one less',
  async run(user) {
    await user.toFilesOf(0);
    await user.press('-', ')');
    await user.status('Directories are open down to level 2');
    await user.pane('Files').shows('lib/');
    await user.press('(');
    await user.pane('Files').lines('path', 'usr/', 'bin/', 'var/', 'etc/', 'dev/', 'tmp/');
  },
});
