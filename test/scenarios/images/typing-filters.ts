import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'that typing filters the images, in any case of letters',
  args: [],
  opens: '/nonexistent/docker.sock',
  async run(user) {
    await user.type('SAMP');
    await user.status('1 image');
    await user.status('/SAMP');
    await user.body.selects('peel/sample:latest');
  },
});
