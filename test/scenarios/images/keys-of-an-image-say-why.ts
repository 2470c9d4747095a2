import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'that keys for the inside of an image say so',
  args: [],
  opens: '/nonexistent/docker.sock',
  async run(user) {
    await user.press('tab');
    await user.status('That key works in an image: choose one and press Enter.');
    await user.press('k');
    await user.status('/k');
  },
});
