import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'that keys of the files say where they work',
  async run(user) {
    await user.press('w', 's');
    await user.status('That key is for the files');
    await user.press('escape', 'w', '/');
    await user.status('Waste is not filtered');
    await user.pane('Waste').hasFocus();
  },
});
