import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'all panes where there is room for them',
  sizes: [
    { columns: 120, rows: 40 },
    { columns: 200, rows: 60 },
  ],
  async run(user) {
    await user.hasPanes('Layers', 'Files', 'Layer', 'Waste');
    await user.press('tab');
    await user.hasPanes('Layers', 'Files', 'File', 'Waste');
  },
});
