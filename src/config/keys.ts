import type { Command } from '../state/actions.ts';
import { isKeyName, NAMED_KEYS } from '../ui/key-names.ts';
import { isCommand, keymapWith, keysOf, type OwnKeys } from '../ui/keymap.ts';
import type { ConfigTable } from './table.ts';

/** Without these peel could not be left. */
const INDISPENSABLE: readonly Command[] = ['quit', 'interrupt'];

/**
 * Keys that a person has chosen. `command = []` leaves a command without a key.
 * @throws PeelError `config` for a command or a key that there is none of, for a key that is to do two things, and for
 * keys without which peel could not be left.
 */
export function readKeys(table: ConfigTable): OwnKeys {
  const own = new Map<Command, readonly string[]>();
  const owners = new Map<string, Command>();
  for (const name of table.keys()) {
    if (!isCommand(name)) {
      throw table.error(name, `there is no command ${name}; peel config lists them all.`);
    }
    const keys = keysIn(table, name);
    for (const key of keys) {
      const owner = owners.get(key);
      if (owner !== undefined) throw table.error(name, `${key} is the key of both ${owner} and ${name}.`);
      owners.set(key, name);
    }
    own.set(name, keys);
  }
  refuseCaptivity(table, own);
  return own;
}

function keysIn(table: ConfigTable, command: Command): readonly string[] {
  const value = table.value(command);
  const names: readonly unknown[] = Array.isArray(value) ? value : [value];
  const keys = names.map((name) => {
    if (typeof name !== 'string') throw table.unwanted(command, name, 'a key or a list of keys');
    if (!isKeyName(name)) throw table.error(command, `${noSuchKey(name)} ${KEYS_ARE}`);
    return name;
  });
  return [...new Set(keys)];
}

function noSuchKey(name: string): string {
  return name === ' ' ? 'the space bar is called "space":' : `there is no key ${JSON.stringify(name)}:`;
}

const KEYS_ARE = `a key is one character, ctrl+ and a letter but h, i, j and m, or one of ${NAMED_KEYS.join(', ')}.`;

function refuseCaptivity(table: ConfigTable, own: OwnKeys): void {
  const keymap = keymapWith(own);
  const lost = INDISPENSABLE.find((command) => keysOf(keymap, command).length === 0);
  if (lost === undefined) return;
  const usual = keysOf(keymapWith(new Map()), lost);
  const taker = own.has(lost) ? lost : Array.from(own).find(([, keys]) => keys.includes(usual[0] ?? ''))?.[0];
  throw table.error(taker ?? lost, `no key would be left for ${lost}: peel could not be left with it.`);
}
