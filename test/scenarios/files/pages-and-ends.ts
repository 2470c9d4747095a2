import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'that pages and ends work among the files, and say where they end',
  async run(user) {
    await user.toFilesOf(4);
    await user.press('pagedown');
    await user.pane('Files').selects(/ f\d+ /);
    await user.press('G');
    await user.pane('Files').selects(' f40 ');
    await user.press('j');
    await user.status('This is the last row.');
    await user.press('pageup', 'g');
    await user.pane('Files').selects('app/');
    await user.press('up');
    await user.status('This is the first row.');
  },
});
