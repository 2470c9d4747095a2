import { scenario } from '../../harness/scenario.ts';
import { selected } from '../../harness/scenario-lines.ts';

export default scenario({
  shows:
    'that filter, n, order, layers and Enter work in the list of files, and folding says that there is nothing to fold',
  async run(user) {
    await user.toFilesOf(0);
    await user.press('F', '/');
    await user.type('ssl');
    await user.press('enter');
    await user
      .pane('Files')
      .lines('path', selected('/usr/lib/libssl.so.3'), '/usr/lib/libssl.so → libssl.so.3');
    await user.press('n');
    await user.status('2 of 2.');
    await user.pane('Files').selects('/usr/lib/libssl.so →');
    await user.press('n');
    await user.status('1 of 2, again from the first.');
    await user.press('s');
    await user.pane('Files').lines('path', '/usr/lib/libssl.so →', selected('/usr/lib/libssl.so.3'));
    await user.press('-');
    await user.status('There are no directories in the list: F leads back to the tree.');
    await user.press(']');
    await user.pane('Files').hasTitle('changes of layer 1');
    await user.pane('Files').selects('/usr/lib/libssl.so.3');
    await user.press('enter');
    await user.isOn('File');
    await user.sees('/usr/lib/libssl.so.3');
    await user.press('escape');
    await user.isOn('Explore');
    await user.pane('Files').selects('/usr/lib/libssl.so.3');
  },
});
