import { scenario } from '../../harness/scenario.ts';
import { selected } from '../../harness/scenario-lines.ts';

export default scenario({
  shows: 'that f9 stands before f10',
  sizes: [{ columns: 120, rows: 40 }],
  async run(user) {
    await user.toFilesOf(4);
    await user.pane('Files').containsLines(' f1 ', ' f2 ', ' f3 ', ' f4 ', ' f5 ');
    await user.press('j', 'j', 's');
    await user.pane('Files').containsLines(selected(' f1 '), ' f2 ', ' f3 ');
    await user.pane('Files').containsLines(' f9 ', ' f10 ');
  },
});
