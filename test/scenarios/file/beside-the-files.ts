import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'the life of a file beside the files, on a screen that has room',
  sizes: [{ columns: 120, rows: 40 }],
  async run(user) {
    await user.toFilesOf(4);
    await user.press('j', 'j');
    await user.pane('File').shows('/app/data/f1');
    await user.press('j');
    await user.pane('File').shows('/app/data/f2');
  },
});
