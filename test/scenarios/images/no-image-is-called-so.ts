import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'that it is said so when no image is called like that',
  args: [],
  opens: '/nonexistent/docker.sock',
  async run(user) {
    await user.type('sampx');
    await user.sees('No image is called sampx');
    await user.press('enter');
    await user.status('No image to open.');
    await user.press('escape');
    await user.body.selects('peel/sample:latest');
  },
});
