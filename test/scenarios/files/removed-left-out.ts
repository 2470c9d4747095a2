import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'that r leaves out what was removed, and shows it again',
  async run(user) {
    await user.toFilesOf(7);
    await user.press('+');
    await user.pane('Files').shows(/^[ ▸]- /);
    await user.press('r');
    await user.status('Paths removed: left out.');
    await user.pane('Files').hides(/^[ ▸]- /);
    await user.press('r');
    await user.status('Paths removed: shown.');
    await user.pane('Files').shows(/^[ ▸]- /);
  },
});
