import { scenario } from '../../harness/scenario.ts';
import { selected } from '../../harness/scenario-lines.ts';

export default scenario({
  shows: 'that Space folds a directory and unfolds it',
  async run(user) {
    await user.toFilesOf(0);
    await user.pane('Files').selects('▾ usr/');
    await user.press('space');
    await user.pane('Files').containsLines(selected('▸ usr/'), '▾ bin/');
    await user.pane('Files').hides('libz.so.5');
    await user.press('space');
    await user.pane('Files').containsLines(selected('▾ usr/'), '▾ lib/');
    await user.pane('Files').shows('libz.so.5');
  },
});
