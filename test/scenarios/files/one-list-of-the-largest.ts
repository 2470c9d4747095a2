import { scenario } from '../../harness/scenario.ts';
import { selected } from '../../harness/scenario-lines.ts';

export default scenario({
  shows:
    'that F tells at once which files are the largest, and again leads to the one under the cursor in the tree',
  async run(user) {
    await user.toFilesOf(0);
    await user.press('-', 'F');
    await user.pane('Files').hasNote('list by size');
    await user.pane('Files').hasNote('18 files');
    await user
      .pane('Files')
      .topLines(
        'path',
        selected(/640\.0 kB .*\/bin\/busybox/),
        /480\.0 kB .*main_binary-amd64_Packages/,
        /235\.0 kB .*\/usr\/lib\/libstdc\+\+\.so\.6/,
      );
    await user.golden('list-of-files');
    await user.press('j', 'j', 'F');
    await user.pane('Files').selects(/235\.0 kB .* {3}libstdc\+\+\.so\.6/);
    await user.pane('Files').shows('usr/');
    await user.press('F');
    await user.pane('Files').selects('/usr/lib/libstdc++.so.6');
  },
});
