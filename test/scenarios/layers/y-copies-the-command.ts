import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'that y copies the whole command of the layer',
  env: { TERM: 'xterm-256color' },
  async run(user) {
    await user.press(']', 'y');
    await user.status('Copied, if the terminal allows it (OSC 52): RUN apt-get');
    await user.hasCopied('RUN apt-get update && apt-get upgrade -y');
  },
});
