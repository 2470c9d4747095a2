import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/**
 * What a command prints.
 * @throws Error with the last line of what it said, when it fails
 */
export async function run(command: string, ...args: string[]): Promise<string> {
  try {
    return (await promisify(execFile)(command, args, { maxBuffer: 64 << 20 })).stdout;
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    const last = `${stdout}\n${stderr}`.trim().split('\n').at(-1);
    throw new Error(`${command} failed: ${last === undefined || last === '' ? String(error) : last}`, {
      cause: error,
    });
  }
}
