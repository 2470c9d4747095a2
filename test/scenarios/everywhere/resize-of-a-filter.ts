import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'that a resize leaves a filter that is being typed as it was',
  async run(user) {
    await user.press('/');
    await user.type('ssl');
    await user.resize(100, 20);
    await user.status('/ssl');
    await user.type('.so.3');
    await user.pane('Files').lines('path', '▾ usr/', '▾ lib/', 'libssl.so.3');
  },
});
