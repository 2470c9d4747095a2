/** Scenarios: what somebody does at the keyboard, and what the screen then shows. ARCHITECTURE.md tells how to write one. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { rawTar, type RawMember } from './raw-tar.ts';
import type { Look, OpenDriver, Size } from './scenario-drivers.ts';
import type { Pattern } from './scenario-lines.ts';
import type { ScriptedDaemon } from './scripted-daemon.ts';
import { startShopDaemon } from './shop-archive.ts';
import { User } from './scenario-user.ts';

/** The sizes that a scenario runs at by default: the smallest usual terminal, and one on which all panes fit. */
export const USUAL_SIZES: readonly Size[] = [
  { columns: 80, rows: 24 },
  { columns: 120, rows: 40 },
];
/** Those of golden screens. */
export const EVERY_SIZE: readonly Size[] = [...USUAL_SIZES, { columns: 200, rows: 60 }];

/** What the header says once the whole image has been read. */
export const READ = /wasted \d/;

interface Plan {
  /** One sentence. */
  readonly shows: string;
  /** Default `USUAL_SIZES`. */
  readonly sizes?: readonly Size[];
  /** With more than one, or one of them, `golden` looks at the styles too. Default: in colour, of the text alone. */
  readonly looks?: readonly Look[];
  /** What peel is started with; a function may lay down files for it. Default: the sample. */
  readonly args?: readonly string[] | ((stage: Stage) => readonly string[] | Promise<readonly string[]>);
  /** Variables: what the process is told by them cannot be shown but by a process. */
  readonly env?: Readonly<Record<string, string>>;
  /** What the screen shows before the first key. Default: all of the image has been read. */
  readonly opens?: Pattern;
  /** Whether it is run in tmux and GNU screen too: a dozen that go through every screen. */
  readonly throughMultiplexers?: boolean;
  readonly run: (user: User, stage: Stage) => Promise<void>;
}

export type Scenario = Plan;

/** Says what a scenario is, in a file of its own: `export default scenario({ … })`. */
export function scenario(plan: Plan): Scenario {
  return plan;
}

/** What a scenario is given to lay things down: a folder of its own, and a daemon. */
export class Stage implements AsyncDisposable {
  readonly folder: string = mkdtempSync(join(tmpdir(), 'peel-stage-'));
  #daemon: ScriptedDaemon | null = null;

  /** Writes a file; its path. */
  file(name: string, content: Uint8Array | string): string {
    const path = join(this.folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
    return path;
  }

  /** Writes an archive of these members; its path. */
  archive(name: string, ...members: readonly (RawMember | Buffer)[]): string {
    return this.file(name, rawTar(...members));
  }

  /** Starts a daemon that has one image, `shop:latest`, or not even that. */
  async startDaemon(manner: Parameters<typeof startShopDaemon>[0] = {}): Promise<ScriptedDaemon> {
    this.#daemon = await startShopDaemon(manner);
    return this.#daemon;
  }

  /** The daemon that has been started. */
  get daemon(): ScriptedDaemon {
    if (this.#daemon === null) throw new Error('no daemon has been started');
    return this.#daemon;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#daemon?.[Symbol.asyncDispose]();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** One way to run a scenario. */
export interface Variant {
  readonly size: Size;
  readonly look: Look;
}

/** Each size in each look. */
export function variantsOf({ sizes = USUAL_SIZES, looks = ['colour'] }: Scenario): Variant[] {
  return sizes.flatMap((size) => looks.map((look) => ({ size, look })));
}

/** Whether every variant is wanted everywhere: where golden screens are written, and where somebody asks for it. */
const WANTS_ALL = process.env['PEEL_WRITE_SNAPSHOTS'] === '1' || process.env['PEEL_ALL_VARIANTS'] === '1';

/** What a costly driver runs: the first size, and where styles are looked at, the first look at each size. */
export function fewerVariantsOf(scenario: Scenario): Variant[] {
  const all = variantsOf(scenario);
  const [first] = all;
  const looksAtStyles = scenario.looks !== undefined;
  return all.filter(({ size, look }) => {
    return WANTS_ALL || size === first?.size || (looksAtStyles && look === first?.look);
  });
}

/** What the costliest drivers run: one size, one look. */
export function fewestVariantsOf(scenario: Scenario): Variant[] {
  return WANTS_ALL ? variantsOf(scenario) : variantsOf(scenario).slice(0, 1);
}

/** As in `shows that j and k walk the layers, 80 x 24 in colour`. */
export function titleOf({ shows }: Scenario, { size: { columns, rows }, look }: Variant): string {
  return `shows ${shows}, ${columns} x ${rows} in ${look}`;
}

interface Running {
  readonly open: OpenDriver;
  /** Whether what the driver shows is what peel has drawn, styles and all. */
  readonly showsStyles: boolean;
  readonly mayWrite: boolean;
}

/** Runs one variant of a scenario. @throws with the screen, and what was expected of it. */
export async function perform(
  scenario: Scenario,
  { size, look }: Variant,
  { open, showsStyles, mayWrite }: Running,
): Promise<void> {
  const { args = ['--sample'], env = {}, opens = READ, looks, run } = scenario;
  await using stage = new Stage();
  const given = typeof args === 'function' ? await args(stage) : args;
  await using driver = open({ args: given, size, look, env });
  await driver.screen.shows(opens);
  const user = new User(driver, { look: showsStyles && looks !== undefined ? look : null, mayWrite });
  await run(user, stage);
}
