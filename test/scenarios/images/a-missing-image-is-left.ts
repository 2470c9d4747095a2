import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'that a missing image is the error that it is when it is left',
  args: async (stage) => ['--host', (await stage.startDaemon({ isHere: false, over: 'tcp' })).host, 'shop'],
  opens: 'holds no image shop:latest.',
  async run(user) {
    await user.press('j');
    await user.status('p pulls it, q or Esc leaves it.');
    await user.leaves('escape', 2, /docker .*pull shop, or peel .*--pull shop$/);
  },
});
