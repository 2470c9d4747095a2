import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'that Y copies what is in a text, and says why it does not copy bytes',
  env: { TERM: 'xterm-256color' },
  async run(user) {
    await user.toFilesOf(0);
    await user.press('/');
    await user.type('/etc/passwd');
    await user.press('enter', 'n', 'enter');
    await user.sees('/app:/bin/sh');
    await user.press('Y');
    await user.status(/Copied, if the terminal allows it \(OSC 52\): \d+ B of \/etc\/passwd/);
    await user.hasCopied('root:x:0:0:root:/root:/bin/sh\napp:x:1000:1000::/app:/bin/sh\n');
    await user.press('escape', '/', 'escape', '/');
    await user.type('busybox');
    await user.press('enter', 'n', 'enter');
    await user.isOn('File');
    await user.sees('00000000');
    await user.press('Y');
    await user.status('It is no text in UTF-8, as a clipboard wants it: x writes it.');
  },
});
