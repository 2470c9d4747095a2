import { scenario } from '../../harness/scenario.ts';

/** Shows a file, lives through an interrupt, and waits for Enter. */
const PAGER = `sh -c 'trap "echo interrupted" INT; cat "$1"; echo end of file; while ! read -r line; do :; done' pager`;

export default scenario({
  shows:
    'that o opens the file in PAGER, whose terminal and interrupts are its own, and the screen comes back whole',
  env: { PAGER },
  async run(user) {
    await user.toFilesOf(0);
    await user.press('/');
    await user.type('os-release');
    await user.press('enter', 'n', 'enter');
    await user.isOn('File');
    await user.sees('VERSION_ID="1"');
    const before = user.picture;
    await user.press('o');
    await user.sees('end of file');
    await user.seesNot('peel/sample');
    await user.sees('ID=sample');
    await user.press('ctrl-c');
    await user.sees('interrupted');
    await user.press('enter');
    await user.seesAgain(before);
    await user.press('escape');
    await user.isOn('Explore');
  },
});
