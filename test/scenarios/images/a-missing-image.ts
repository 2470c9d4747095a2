import { EVERY_SIZE, scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'an image that is not there: what is nearest, and what would fetch it',
  sizes: EVERY_SIZE,
  looks: ['colour', 'mono'],
  throughMultiplexers: true,
  args: async (stage) => ['--host', (await stage.startDaemon({ isHere: false, over: 'tcp' })).host, 'shop'],
  opens: 'holds no image shop:latest.',
  async run(user, stage) {
    const { host } = stage.daemon;
    await user.header('not here');
    await user.pane('No such image').shows('shop:old');
    await user.pane('No such image').shows(/docker .*pull shop/);
    await user.golden('missing', { from: host, to: 'tcp://127.0.0.1:00000' });
  },
});
