import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'that q leaves the list of images before anything is typed',
  args: [],
  opens: '/nonexistent/docker.sock',
  async run(user) {
    await user.leaves('q');
  },
});
