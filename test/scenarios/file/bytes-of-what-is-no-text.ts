import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'that what is no text is shown as bytes, and searched as bytes or text',
  async run(user) {
    await user.toFilesOf(0);
    await user.press('/');
    await user.type('busybox');
    await user.press('enter', 'n', 'enter');
    await user.pane('Bytes').shows(/00000010 {2}(?:[0-9a-f]{2} {1,2}){16}\|.{16}\|/);
    await user.press('/');
    await user.type('ff ff');
    await user.press('enter', 'n');
    await user.pane('Bytes').hasNote('/ff ff');
    await user.pane('Bytes').shows('ff ff');
  },
});
