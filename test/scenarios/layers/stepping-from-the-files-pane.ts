import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'that J and K step through the layers while the files have the focus, the cursor on its path',
  async run(user) {
    await user.toFilesOf(1);
    await user.press('G');
    await user.pane('Files').selects('motd');
    const height = user.pane('Files').cursorHeight;
    await user.press('K');
    await user.pane('Files').hasTitle('changes of layer 0');
    await user.pane('Files').selects('motd');
    await user.press('J');
    await user.pane('Files').hasTitle('changes of layer 1');
    await user.pane('Files').selects('motd');
    await user.pane('Files').hasCursorAt(height);
    await user.pane('Files').hasFocus();
  },
});
