import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'that a terminal without a clipboard is told of',
  env: { TERM: 'linux' },
  async run(user) {
    await user.toFilesOf(0);
    await user.press('y');
    await user.status('Not copied: this terminal (linux) has no clipboard.');
  },
});
