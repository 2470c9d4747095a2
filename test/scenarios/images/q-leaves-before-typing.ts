import { NO_DAEMON, scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'that q leaves the list of images before anything is typed',
  args: ['--host', NO_DAEMON],
  opens: '/nonexistent/docker.sock',
  async run(user) {
    await user.leaves('q');
  },
});
