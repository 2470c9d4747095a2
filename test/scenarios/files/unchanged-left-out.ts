import { exactly } from '../../harness/scenario-lines.ts';
import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'that u leaves out what did not change',
  async run(user) {
    await user.toFilesOf(7);
    await user.press('t');
    await user.pane('Files').hasTitle('everything up to layer 7');
    await user.pane('Files').shows(/^[ ▸]  .* (f\d+|lib)/);
    await user.press('u');
    await user.status('Paths unchanged: left out.');
    await user.pane('Files').topLines('path', '▾ usr/', '▾ bin/', /^ ± .*passwd/, exactly(''));
    await user.golden('without-unchanged');
    await user.press('u');
    await user.status('Paths unchanged: shown.');
    await user.pane('Files').shows(/^[ ▸]  .* (f\d+|lib)/);
  },
});
