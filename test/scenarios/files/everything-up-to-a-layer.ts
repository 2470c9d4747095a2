import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'everything up to a layer in place of its changes, the cursor on the same path',
  throughMultiplexers: true,
  async run(user) {
    await user.toFilesOf(1);
    await user.press('G');
    await user.pane('Files').selects('motd');
    await user.press('t');
    await user.pane('Files').hasTitle('everything up to layer 1');
    await user.pane('Files').selects('motd');
    await user.golden('everything-up-to-layer-1');
    await user.press('t');
    await user.pane('Files').hasTitle('changes of layer 1');
    await user.pane('Files').selects('motd');
  },
});
