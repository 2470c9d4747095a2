import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows:
    'that y copies what would help against the waste of the group under the cursor, and what it is about',
  env: { TERM: 'xterm-256color' },
  sizes: [{ columns: 120, rows: 40 }],
  async run(user) {
    await user.press('3');
    await user.isOn('Waste');
    await user.press('j', 'y');
    await user.status('Copied, if the terminal allows it (OSC 52): ');
    await user.hasCopied(HELP);
  },
});

const HELP =
  '800.0 kB  Layer 5 repeats 40 files of layer 4: only owner changed.\n' +
  'Set it where the files are made (in the RUN of layer 4); layer 5 is then not needed.';
