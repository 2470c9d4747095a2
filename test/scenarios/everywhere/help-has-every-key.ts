import { scenario } from '../../harness/scenario.ts';
import { keyLabel } from '../../../src/ui/key-names.ts';
import { KEYMAP } from '../../../src/ui/keymap.ts';

export default scenario({
  shows: 'every key of the keymap in the help',
  async run(user) {
    await user.press('?');
    let seen = user.picture;
    // The keys come first, the signs last.
    while (!seen.includes('a later layer overwrites it')) {
      await user.press('pagedown');
      seen += user.picture;
    }
    for (const { keys, help } of KEYMAP.flatMap(({ bindings }) => bindings)) {
      const names = ` ${keys.map(keyLabel).join(' ')} `;
      if (!seen.includes(names)) throw new Error(`The help leaves out${names}: ${help}.`);
    }
  },
});
