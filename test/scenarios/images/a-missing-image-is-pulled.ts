import { READ, scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'that p pulls the image that is missing, and it opens',
  args: async (stage) => ['--host', (await stage.startDaemon({ isHere: false, over: 'tcp' })).host, 'shop'],
  opens: 'holds no image shop:latest.',
  async run(user, stage) {
    await user.press('p');
    await stage.daemon.tellPull({ status: 'Pulling from library/shop', id: 'latest' });
    await user.header('pulling shop');
    await stage.daemon.finishPull();
    await stage.daemon.sendUpTo(1);
    await user.header(READ);
    await user.pane('Layers').shows('step 2');
  },
});
