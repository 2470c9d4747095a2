import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'that 5 leads to the file under the cursor, and Esc back to the pane',
  async run(user) {
    await user.toFilesOf(0);
    await user.press('j', 'j');
    await user.pane('Files').selects('libstdc++.so.6');
    const before = user.picture;
    await user.press('5');
    await user.isOn('File');
    await user.sees('/usr/lib/libstdc++.so.6');
    await user.press('escape');
    await user.seesAgain(before);
  },
});
