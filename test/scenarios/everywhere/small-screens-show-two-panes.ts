import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'the layers and the pane with the focus on a small screen',
  sizes: [
    { columns: 80, rows: 24 },
    { columns: 60, rows: 15 },
  ],
  async run(user) {
    await user.hasPanes('Layers', 'Files');
    await user.press('w');
    await user.hasPanes('Layers', 'Waste');
    await user.press('shift-tab');
    await user.hasPanes('Layers', 'File');
  },
});
