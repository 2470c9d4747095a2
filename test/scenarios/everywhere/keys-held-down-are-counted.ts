import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'that keys that come faster than the screen are counted one by one',
  throughMultiplexers: true,
  async run(user) {
    user.hammer('w' + 'j'.repeat(25) + 'k'.repeat(5));
    await user.pane('Waste').hasNote('21 of 53');
  },
});
