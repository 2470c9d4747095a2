import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'the help from the list of images too',
  args: [],
  opens: '/nonexistent/docker.sock',
  async run(user) {
    await user.press('?');
    await user.pane('Keys').shows(/ j Down +one row down/);
    await user.press('?');
    await user.body.selects('peel/sample:latest');
  },
});
