import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'that Esc clears a filter that is being typed',
  async run(user) {
    await user.toFilesOf(0);
    await user.press('/');
    await user.type('ssl');
    await user.pane('Files').hides('libz.so.5');
    await user.press('escape');
    await user.pane('Files').shows('libz.so.5');
    await user.pane('Files').hasNote('31 rows');
    await user.pane('Files').hasFocus();
  },
});
