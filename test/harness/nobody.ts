// A user without any rights, for what is forbidden to everybody but root.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** The user that Linux systems call so, and the group. */
export const nobody = 65534;

/** True if that user can start Node and read the built program. */
export function canRunAs(user: number): boolean {
  const script = join(import.meta.dirname, '../../bin/peel.js');
  const read = `require('node:fs').readFileSync(${JSON.stringify(script)})`;
  return spawnSync(process.execPath, ['-e', read], { uid: user, gid: user }).status === 0;
}
