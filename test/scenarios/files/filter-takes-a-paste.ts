import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'that a filter can be pasted, and a line end in it does nothing',
  async run(user) {
    await user.toFilesOf(0);
    await user.press('/');
    await user.paste('libc\n');
    await user.status('/libc');
    await user.pane('Files').containsLines('libcrypto.so.4', 'libc.so.1');
    await user.pane('Files').hides('busybox');
  },
});
