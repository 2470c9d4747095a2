import { scenario, USUAL_SIZES } from '../../harness/scenario.ts';

export default scenario({
  shows: 'that a pane which has the whole screen has it at another size too, the cursor on the same path',
  sizes: USUAL_SIZES.slice(0, 1),
  async run(user) {
    await user.toFilesOf(0);
    await user.press('+', 'z', 'G');
    await user.pane('Files').selects('tmp/');
    await user.resize(120, 40);
    await user.hasPanes('Files');
    await user.pane('Files').selects('tmp/');
    await user.resize(60, 15);
    await user.hasPanes('Files');
    await user.pane('Files').selects('tmp/');
    await user.press('z');
    await user.hasPanes('Layers', 'Files');
  },
});
