import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'that arrows stay within a filter that is typed, and lead to the one before',
  async run(user) {
    await user.toFilesOf(0);
    await user.press('/');
    await user.press('up');
    await user.status('Nothing older was typed here.');
    await user.type('ssx');
    await user.press('left', 'left', 'right', 'delete');
    await user.type('l');
    await user.pane('Files').selects('usr/');
    await user.pane('Files').hides('busybox');
    await user.press('home', 'end', 'enter');
    await user.pane('Files').selects('libssl.so.3');
    await user.press('escape', '/');
    await user.type('busy');
    await user.press('up');
    await user.status('/ssl');
    await user.pane('Files').hides('busybox');
    await user.press('down');
    await user.status('/busy');
    await user.pane('Files').shows('busybox');
  },
});
