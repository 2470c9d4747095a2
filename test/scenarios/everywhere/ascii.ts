import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'a screen of ASCII alone in a locale that has no more',
  env: { LC_ALL: 'C' },
  async run(user) {
    await user.press(']', ']', ']', 'tab');
    await user.pane('Files').hasTitle('changes of layer 3');
    await user.press('G');
    await user.pane('Files').selects(/^> ?\+ +10 B/);
    await user.seesNot(/[^\x20-\x7e\n]/);
    await user.golden('ascii');
  },
});
