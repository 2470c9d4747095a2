import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'that a resize keeps the cursors on what they were on',
  sizes: [{ columns: 120, rows: 40 }],
  throughMultiplexers: true,
  async run(user) {
    await user.toFilesOf(1);
    await user.press('G');
    await user.pane('Files').selects('motd');
    await user.golden('resized');
    await user.resize(90, 18);
    await user.pane('Files').selects('motd');
    await user.pane('Files').hasTitle('changes of layer 1');
    await user.pane('Layers').selects('RUN apt-get');
    await user.golden('resized');
    await user.resize(120, 40);
    await user.golden('resized');
  },
});
