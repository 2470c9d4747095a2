import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'where symbolic and hard links lead',
  async run(user) {
    await user.toFilesOf(0);
    await user.pane('Files').shows('libssl.so → libssl.so.3');
    await user.press('+', 'G');
    await user.pane('Files').selects('tmp/');
    await user.press('/');
    await user.type('bin/ls');
    await user.pane('Files').shows('ls = /bin/busybox');
  },
});
