import { EVERY_SIZE, scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'every key, and that the same key leads back',
  sizes: EVERY_SIZE,
  looks: ['colour', 'mono'],
  throughMultiplexers: true,
  async run(user) {
    await user.golden('explore');
    await user.press('?');
    await user.pane('Keys').shows(/ j Down +one row down/);
    await user.golden('help');
    await user.press('?');
    await user.golden('explore');
  },
});
