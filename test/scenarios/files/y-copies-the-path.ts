import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'that y copies the path under the cursor, and the screen stays as it is',
  env: { TERM: 'xterm-256color' },
  async run(user) {
    await user.toFilesOf(0);
    await user.press('j', 'j');
    await user.pane('Files').selects('libstdc++.so.6');
    await user.press('y');
    await user.status('Copied, if the terminal allows it (OSC 52): /usr/lib/libstdc++.so.6');
    await user.hasCopied('/usr/lib/libstdc++.so.6');
    await user.pane('Files').selects('libstdc++.so.6');
    await user.press('Y');
    await user.status('Content is copied where it is seen: 5 shows the file.');
  },
});
