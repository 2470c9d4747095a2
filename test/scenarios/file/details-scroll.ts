import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'that the details are read through as a text, to their last line',
  sizes: [{ columns: 60, rows: 15 }],
  async run(user) {
    await user.toFilesOf(4);
    await user.press('j', 'j', 'tab');
    await user.pane('File').hasFocus();
    await user.pane('File').shows('/app/data/f1');
    await user.press('j');
    await user.pane('File').hides('/app/data/f1');
    await user.press('G');
    await user.pane('File').shows('7 ✗ deleted');
    await user.press('j');
    await user.status('This is the last row.');
    await user.press('g');
    await user.pane('File').shows('/app/data/f1');
    await user.press('enter');
    await user.status('Nothing to open here.');
  },
});
