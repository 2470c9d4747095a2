import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'that what has equally many bytes stands by its path, as people count',
  async run(user) {
    await user.press('w');
    user.hammer('jjjjjjjjj');
    await user.pane('Waste').selects('/app/data/f3 ');
  },
});
