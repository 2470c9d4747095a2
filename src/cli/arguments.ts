import { parseArgs } from 'node:util';
import { messageOf, PeelError } from '../image/errors.ts';
import { parsePlatform, type Platform } from '../image/platform.ts';

/** What the command line asks for. */
export interface Arguments {
  readonly help: boolean;
  readonly version: boolean;
  /** What is to be printed, or done, in place of opening an image; null: peel opens one. */
  readonly shows: Errand | null;
  /** The configuration file; null: the usual one. */
  readonly config: string | null;
  /** A reference, a path, either behind a transport, or `-` for standard input; null: choose one on the screen. */
  readonly target: string | null;
  readonly sample: boolean;
  /** Which image of an archive or layout that holds several. */
  readonly image: string | null;
  /** Which platform of an image that is there for several. */
  readonly platform: Platform | null;
  /** Whether an image that the daemon does not have is pulled. */
  readonly pull: boolean;
  /** Where the daemon listens, as the docker CLI's --host; null: the environment says it. */
  readonly host: string | null;
  /** The Docker context that leads to the daemon; null: the environment says it. */
  readonly context: string | null;
  /** Where the report goes: a file, or `-` for standard output; null: no report. */
  readonly json: string | null;
  readonly files: boolean;
  /** Whether a digest that the bytes do not have is a failure; and whether those of a daemon's export are reckoned. */
  readonly verify: boolean;
  /** Whether images are kept, and had again where they were. */
  readonly cache: boolean;
  /** How a daemon's image is read: from the daemon's own files, from its export, or from its files where that can be. */
  readonly source: SourceChoice;
}

/**
 * `settings`: the configuration in effect; `path`: where its file is; `cache`: the images that are kept; `clear`: keep none
 * of them.
 */
export type Errand = 'settings' | 'path' | 'cache' | 'clear';

const SOURCE_CHOICES = ['auto', 'store', 'export'] as const;
export type SourceChoice = (typeof SOURCE_CHOICES)[number];

export const USAGE = `peel opens a container image in a full-screen explorer: its layers, what each one changed, what is wasted.

Usage
  peel                    choose one of the local images
  peel IMAGE              an image of the Docker daemon, or Podman's: name, name:tag, digest or ID
  peel FILE               an archive that docker save, podman, skopeo or another builder has written
  peel DIRECTORY          an image layout (OCI), or what skopeo copy IMAGE dir:DIRECTORY writes
  peel TRANSPORT:IMAGE    docker:// docker-daemon: podman:// docker-archive: oci-archive: oci: dir: file://
  peel -                  the same from standard input: docker save IMAGE | peel -
  peel --sample           a built-in image with every kind of waste in it
  peel config             print the settings in effect; --path: where their file is
  peel cache              list the images that are kept, to be there at once; --clear: keep none of them

Options
  --json FILE             write the report (schema peel/1) to FILE, - for standard output, and open no screen
  --files                 with --json: list the final file system too
  --verify                fail when a layer's bytes are not those of its digests
  --source store|export   read a daemon's image from its own files, or export it; else its files where they can be read
  --pull                  have the daemon pull the image if it does not have it, for --platform too
  --image NAME            the image to open of an archive or layout that holds several
  --platform OS/ARCH      the platform to open of an image that is there for several
  -H, --host HOST         the daemon: unix://PATH, tcp://HOST:PORT or ssh://USER@HOST
  --context NAME          the daemon that a context of the docker CLI leads to
  --no-cache              read the image anew, and do not keep it
  --config FILE           the configuration file; else PEEL_CONFIG, $XDG_CONFIG_HOME/peel/config.toml, ~/.config/…
  -h, --help              this page
  -V, --version           the version

Without a terminal peel prints a summary. On the screen ? shows every key.
An image that is called config or cache is docker://config, a file ./config.
The daemon is found as the docker CLI finds it: --host or --context, DOCKER_HOST, DOCKER_CONTEXT, docker context use;
where none of them names it, the first of the usual sockets that answers. See the README for all of them.
Exit status: 0 fine, 2 the image or the arguments could not be used, 130 interrupted.
`;

/** @throws PeelError `arguments` */
export function parseArguments(argv: readonly string[]): Arguments {
  const { values, positionals } = parse(argv);
  const shows = errandOf(values, positionals);
  if (positionals.length > 1)
    throw new PeelError('arguments', `One image at a time: ${positionals.join(', ')}.`);
  const target = shows === null ? (positionals[0] ?? null) : null;
  const host = values.host ?? null;
  const context = values.context ?? null;
  const sample = values.sample ?? false;
  const json = values.json ?? null;
  if (sample && target !== null) throw new PeelError('arguments', `Either --sample or ${target}, not both.`);
  for (const option of ['image', 'platform', 'verify'] as const) {
    if (values[option] === undefined || target !== null) continue;
    throw new PeelError('arguments', `--${option} goes with the name of an image or a file.`);
  }
  const pull = values.pull ?? false;
  if (pull && target === null) throw new PeelError('arguments', '--pull goes with the name of an image.');
  if (target === '') throw new PeelError('arguments', 'The name of the image is empty.');
  if (values.files === true && json === null)
    throw new PeelError('arguments', '--files goes with --json FILE.');
  if (host !== null && context !== null) {
    throw new PeelError('arguments', 'Either --host or --context, not both.');
  }
  if (sample && (host !== null || context !== null)) {
    const option = host === null ? '--context' : '--host';
    throw new PeelError('arguments', `${option} leads to images of a daemon; the sample is none.`);
  }
  if (sample && values.source !== undefined) {
    throw new PeelError('arguments', '--source says how images of a daemon are read; the sample is none.');
  }
  if (host?.trim() === '') throw new PeelError('arguments', 'The name of the host is empty.');
  if (values.config === '') throw new PeelError('arguments', 'The name of the configuration file is empty.');
  if (context === '') throw new PeelError('arguments', 'The name of the context is empty.');
  return {
    help: values.help ?? false,
    version: values.version ?? false,
    shows,
    config: values.config ?? null,
    target,
    sample,
    image: values.image ?? null,
    platform: values.platform === undefined ? null : parsePlatform(values.platform),
    pull,
    host,
    context,
    json,
    files: values.files ?? false,
    verify: values.verify ?? false,
    cache: values['no-cache'] !== true,
    source: sourceChoice(values.source ?? 'auto'),
  };
}

/** Words that stand where an image would, the option that goes with each, and what the two are. */
const ERRANDS = {
  config: { option: 'path', alone: 'settings', with: 'path' },
  cache: { option: 'clear', alone: 'cache', with: 'clear' },
} as const;

/** @throws PeelError `arguments` */
function errandOf(
  values: { readonly path?: boolean | undefined; readonly clear?: boolean | undefined },
  [first = '', more]: readonly string[],
): Errand | null {
  for (const [word, errand] of Object.entries(ERRANDS)) {
    const { option } = errand;
    if (first === word) {
      refuseStrangers(word, option, values, more);
      return values[option] === true ? errand.with : errand.alone;
    }
    if (values[option] === true) throw new PeelError('arguments', `--${option} goes with peel ${word}.`);
  }
  return null;
}

/** Nothing of an image goes with such a word. */
function refuseStrangers(word: string, option: string, values: object, more: string | undefined): void {
  if (more !== undefined) {
    throw new PeelError(
      'arguments',
      `peel ${word} takes no ${more}; an image of that name is docker://${word}.`,
    );
  }
  const known = ['config', option, 'help', 'version'];
  const stranger = Object.keys(values).find((each) => !known.includes(each));
  if (stranger !== undefined)
    throw new PeelError('arguments', `--${stranger} does not go with peel ${word}.`);
}

/** @throws PeelError `arguments` */
function sourceChoice(text: string): SourceChoice {
  const choice = SOURCE_CHOICES.find((each) => each === text);
  if (choice !== undefined) return choice;
  throw new PeelError('arguments', `--source is one of ${SOURCE_CHOICES.join(', ')}; ${text} is none.`);
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        help: { type: 'boolean', short: 'h' },
        version: { type: 'boolean', short: 'V' },
        sample: { type: 'boolean' },
        image: { type: 'string' },
        platform: { type: 'string' },
        pull: { type: 'boolean' },
        host: { type: 'string', short: 'H' },
        context: { type: 'string' },
        json: { type: 'string' },
        files: { type: 'boolean' },
        verify: { type: 'boolean' },
        source: { type: 'string' },
        config: { type: 'string' },
        path: { type: 'boolean' },
        clear: { type: 'boolean' },
        'no-cache': { type: 'boolean' },
      },
    });
  } catch (error) {
    // Node explains at length how to pass a positional argument that begins with a dash; its first sentence says enough.
    const [reason] = messageOf(error).split('. ');
    throw new PeelError('arguments', `${reason ?? ''}. See peel --help.`, { cause: error });
  }
}
