import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows:
    'that z gives the whole screen to the pane that has the focus, until z or Esc, and to the next one with Tab',
  async run(user) {
    await user.toFilesOf(1);
    await user.press('z');
    await user.hasPanes('Files');
    await user.pane('Files').hasFocus();
    await user.status('The whole screen for one pane');
    await user.press('shift-tab');
    await user.hasPanes('Layers');
    await user.press('enter');
    await user.hasPanes('Files');
    await user.press('3');
    await user.isOn('Waste');
    await user.press('2');
    await user.hasPanes('Files');
    await user.press('z');
    await user.status('All panes.');
    await user.pane('Layers').shows('apt-get');
    await user.press('z');
    await user.hasPanes('Files');
    await user.press('escape');
    await user.status('All panes.');
    await user.pane('Files').hasFocus();
  },
});
