import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'that Backspace takes back a letter of a filter',
  async run(user) {
    await user.toFilesOf(0);
    await user.press('/');
    await user.type('sslx');
    await user.pane('Files').hides('libssl.so.3');
    await user.press('backspace');
    await user.pane('Files').shows('libssl.so.3');
    await user.status('/ssl');
  },
});
