import { existsSync, readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { parseSettings } from '../config/parse.ts';
import { settingsText } from '../config/print.ts';
import { DEFAULTS, type ParsedSettings, type Settings } from '../config/settings.ts';
import { messageOf, PeelError } from '../image/errors.ts';

/** A configuration that a person has written is a thousandth of this. */
const MAX_BYTES = 1024 * 1024;

/**
 * The settings of the configuration file, and the default of all that it does not say.
 * @param named the file that the command line names; null: `PEEL_CONFIG`, else the usual place, where none need be.
 * @throws PeelError `config` for a file that cannot be read, or says what cannot be.
 */
export function loadSettings(named: string | null, env: NodeJS.ProcessEnv): Settings {
  return load(named, env).settings;
}

/** What `peel config` prints: the settings in effect, as a file that would give them. */
export function settingsInEffect(named: string | null, env: NodeJS.ProcessEnv): string {
  const { path } = configFile(named, env);
  const parsed = load(named, env);
  const from = existsSync(path) ? `Settings in effect, with ${path}` : `Settings in effect; no file ${path}`;
  return settingsText(parsed, from);
}

/** Where the configuration file is, or would be. */
export function configPath(named: string | null, env: NodeJS.ProcessEnv): string {
  return configFile(named, env).path;
}

function load(named: string | null, env: NodeJS.ProcessEnv): ParsedSettings {
  const { path, mustBe } = configFile(named, env);
  const text = read(path, mustBe);
  return text === null ? { settings: DEFAULTS, given: new Set() } : parseSettings(text, path);
}

/** XDG Base Directory Specification: a path that is not absolute counts for nothing. */
function configFile(named: string | null, env: NodeJS.ProcessEnv): { path: string; mustBe: boolean } {
  const chosen = named ?? (env['PEEL_CONFIG'] === '' ? undefined : env['PEEL_CONFIG']);
  if (chosen !== undefined) return { path: chosen, mustBe: true };
  const { XDG_CONFIG_HOME = '' } = env;
  const folder = isAbsolute(XDG_CONFIG_HOME) ? XDG_CONFIG_HOME : join(homedir(), '.config');
  return { path: join(folder, 'peel', 'config.toml'), mustBe: false };
}

function read(path: string, mustBe: boolean): string | null {
  try {
    if (statSync(path).size > MAX_BYTES) {
      throw new PeelError('config', `${path}: no configuration has more than ${MAX_BYTES} bytes.`);
    }
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path));
  } catch (error) {
    if (error instanceof PeelError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    if (!mustBe && (code === 'ENOENT' || code === 'ENOTDIR')) return null;
    if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') {
      throw new PeelError('config', `${path}: this is no UTF-8, and so no TOML.`, { cause: error });
    }
    throw new PeelError('config', `The configuration cannot be read: ${messageOf(error)}`, { cause: error });
  }
}
