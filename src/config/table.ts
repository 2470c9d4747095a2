import { PeelError } from '../image/errors.ts';
import { findLine } from './find-line.ts';

/** A table of a configuration file, read key by key; what is wrong is told with its file and line. */
export class ConfigTable {
  private readonly text: string;
  private readonly file: string;
  private readonly name: string;
  private readonly values: Readonly<Record<string, unknown>>;

  /** @param name of the table; empty for the document itself. */
  constructor(text: string, file: string, name: string, values: Readonly<Record<string, unknown>>) {
    this.text = text;
    this.file = file;
    this.name = name;
    this.values = values;
  }

  keys(): string[] {
    return Object.keys(this.values);
  }

  has(key: string): boolean {
    return Object.hasOwn(this.values, key);
  }

  value(key: string): unknown {
    return this.has(key) ? this.values[key] : undefined;
  }

  /** @throws PeelError `config` for a key that is none of these. */
  allowOnly(known: readonly string[]): void {
    const stranger = this.keys().find((key) => !known.includes(key));
    if (stranger === undefined) return;
    const where = this.name === '' ? '' : ` in [${this.name}]`;
    throw this.error(stranger, `there is no ${stranger}${where}; there is ${known.join(', ')}.`);
  }

  oneOf<T extends string>(key: string, choices: readonly T[], otherwise: T): T {
    const value = this.value(key);
    if (value === undefined) return otherwise;
    const choice = choices.find((each) => each === value);
    if (choice === undefined) throw this.unwanted(key, value, quotedList(choices));
    return choice;
  }

  truth(key: string, otherwise: boolean): boolean {
    const value = this.value(key);
    if (value === undefined) return otherwise;
    if (typeof value !== 'boolean') throw this.unwanted(key, value, 'true or false');
    return value;
  }

  /** Some of the choices, each once; null where the key is not set. */
  someOf<T extends string>(key: string, choices: readonly T[]): readonly T[] | null {
    const value = this.value(key);
    if (value === undefined) return null;
    if (!Array.isArray(value)) throw this.unwanted(key, value, `a list of ${quotedList(choices)}`);
    const stranger: unknown = value.find((each) => !choices.some((choice) => choice === each));
    if (stranger !== undefined) throw this.unwanted(key, stranger, quotedList(choices), 'has');
    return choices.filter((choice) => value.includes(choice));
  }

  /** The table of a key; an empty one where the key is not set. */
  table(key: string): ConfigTable {
    const value = this.value(key) ?? {};
    if (!isTable(value)) throw this.unwanted(key, value, `a table: [${key}]`);
    return new ConfigTable(this.text, this.file, key, value);
  }

  unwanted(key: string, value: unknown, wanted: string, verb: 'is' | 'has' = 'is'): PeelError {
    return this.error(key, `${key} ${verb} ${shownValue(value)}; it can be ${wanted}.`);
  }

  error(key: string, message: string): PeelError {
    const line = findLine(this.text, this.name, key);
    return new PeelError('config', `${this.file}${line === null ? '' : `:${line}`}: ${message}`);
  }
}

function isTable(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

/** `"dark", "light" or "16"`. */
export function quotedList(choices: readonly string[]): string {
  const quoted = choices.map((choice) => JSON.stringify(choice));
  return quoted.length < 2 ? quoted.join('') : `${quoted.slice(0, -1).join(', ')} or ${quoted.at(-1) ?? ''}`;
}

function shownValue(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (value instanceof Date) return 'a date';
  if (isTable(value)) return 'a table';
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}
