import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'that an escape sequence in a name is shown, not sent',
  async run(user) {
    await user.toFilesOf(3);
    await user.seesColour('e[31mred', 'green');
  },
});
