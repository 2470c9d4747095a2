import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'that a filter holds for the next layer too',
  async run(user) {
    await user.toFilesOf(0);
    await user.press('/');
    await user.type('ssl');
    await user.press('enter', ']');
    await user.pane('Files').hasTitle('changes of layer 1');
    await user.pane('Files').lines('path', '▾ usr/', '▾ lib/', 'libssl.so.3');
  },
});
