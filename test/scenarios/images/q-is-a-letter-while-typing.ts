import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'that q is a letter once something is typed, and ^C leaves all the same',
  args: [],
  opens: '/nonexistent/docker.sock',
  async run(user) {
    await user.type('sq');
    await user.status('/sq');
    await user.leaves('ctrl-c', 130);
  },
});
