import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'that d leads to all there is to say of a layer, and back to the layers',
  sizes: [
    { columns: 80, rows: 24 },
    { columns: 60, rows: 15 },
    { columns: 120, rows: 40 },
  ],
  async run(user) {
    await user.press(']', 'd');
    await user.pane('Layer 1').hasFocus();
    await user.pane('Layer 1').shows('RUN apt-get update');
    await user.pane('Layer 1').shows(/^ 320\.0 kB +Layer 7 deletes/);
    await user.press('G');
    await user.pane('Layer 1').shows(/^ created /);
    await user.press('escape');
    await user.pane('Layers').hasFocus();
    await user.press('d', 'tab');
    await user.pane('Files').hasFocus();
    await user.press('d');
    await user.pane('File').hasFocus();
    await user.press('d');
    await user.pane('Files').hasFocus();
  },
});
