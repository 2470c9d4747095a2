import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'that Esc undoes one thing at a time',
  async run(user) {
    await user.toFilesOf(0);
    await user.press('/');
    await user.type('ssl');
    await user.press('enter', 'tab');
    await user.pane('File').hasFocus();
    await user.press('escape');
    await user.pane('Files').hasFocus();
    await user.pane('Files').hides('libz.so.5');
    await user.press('escape');
    await user.pane('Files').hasNote('31 rows');
    await user.pane('Files').hasFocus();
    await user.press('escape');
    await user.pane('Layers').hasFocus();
  },
});
