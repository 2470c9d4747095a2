// What a tip says: who hides what, and what to do instead. Advice goes by the instruction that made a layer, as far as
// the image tells it: a COPY can be narrowed, a RUN cannot.

import { shortCommand } from '../image/command.ts';
import { Differs, differenceNames } from '../tree/change.ts';
import { Fate } from './ledger.ts';

/** What made each layer, base first, as the image's history tells it; null where it does not. */
export type Commands = readonly (string | null)[];

/** Copies that one layer hid in the same way: of one layer, or of several that the same can be said of. */
export interface TipSubject {
  /** Those that store them, at least one. */
  readonly layers: readonly number[];
  readonly hiddenBy: number;
  readonly fate: Fate;
  /** How many files they are. */
  readonly count: number;
  /** What differs in what hides them: bits of `Differs`. */
  readonly differs: number;
}

export interface TipWords {
  readonly id: 'metadata-only' | 'stored-again' | 'deleted-later' | 'overwritten-later';
  readonly title: string;
  /** What to do. */
  readonly fix: string;
}

type Id = TipWords['id'];

export function tipWords(subject: TipSubject, commands: Commands): TipWords {
  const { fate, differs, hiddenBy } = subject;
  const id = idOf(fate, differs);
  const title = titleOf(id, subject);
  const [layer = hiddenBy] = subject.layers;
  if (layer === hiddenBy) return { id, title, fix: ownFix(subject) };
  const steps = {
    lower: stepOf(commands[layer] ?? null),
    upper: stepOf(commands[hiddenBy] ?? null),
  };
  return { id, title, fix: FIXES[id](subject, steps) };
}

/** What tips have in common that say the same of several layers: nothing but the layers, files and bytes differs. */
export function adviceKey({ layers, hiddenBy, fate, differs }: TipSubject, commands: Commands): string {
  const [layer = hiddenBy] = layers;
  // A layer that hides its own, and the base image, are spoken of in words of their own.
  const kind = layer === hiddenBy ? 'own' : layer === 0 ? 'base' : stepOf(commands[layer] ?? null);
  return [hiddenBy, fate, differs, kind].join(' ');
}

function idOf(fate: Fate, differs: number): Id {
  if (fate === Fate.Deleted) return 'deleted-later';
  if (fate !== Fate.Repeated) return 'overwritten-later';
  return differs === 0 ? 'stored-again' : 'metadata-only';
}

function titleOf(id: Id, { layers, hiddenBy, count, differs }: TipSubject): string {
  const files = `${count === 1 ? '1 file' : `${count} files`} of ${layers[0] === hiddenBy ? 'its own' : layersText(layers)}`;
  switch (id) {
    case 'deleted-later':
      return `Layer ${hiddenBy} deletes ${files}: the bytes stay below it.`;
    case 'overwritten-later':
      return `Layer ${hiddenBy} overwrites ${files}.`;
    case 'stored-again':
      return `Layer ${hiddenBy} stores ${files} again, unchanged.`;
    case 'metadata-only':
      return `Layer ${hiddenBy} repeats ${files}: only ${differenceNames(differs).join(', ')} changed.`;
  }
}

/** The instruction of a layer: its name where advice depends on it, null for all others and where nothing is known. */
type Step = 'COPY' | 'ADD' | 'RUN' | null;

interface Steps {
  readonly lower: Step;
  readonly upper: Step;
}

function stepOf(createdBy: string | null): Step {
  const [name] = /^(?:COPY|ADD|RUN)(?= )/.exec(shortCommand(createdBy)) ?? [];
  return (name as Step | undefined) ?? null;
}

const isCopy = (step: Step) => step === 'COPY' || step === 'ADD';

/** `the RUN of layer 3`, or the layer alone where nobody knows what made it; `the RUNs of layers 1 and 3`. */
const called = (step: Step, ...layers: readonly number[]) =>
  step === null
    ? layersText(layers)
    : `the ${step}${layers.length === 1 ? '' : 's'} of ${layersText(layers)}`;

/** As many layers as a sentence names. */
const NAMED = 5;

/** `layer 3`, `layers 1, 2 and 3`. */
function layersText(layers: readonly number[]): string {
  const names = layers.slice(0, NAMED).map(String);
  if (layers.length > NAMED) names.push(`${layers.length - NAMED} more`);
  const last = names.pop() ?? '';
  return names.length === 0 ? `layer ${last}` : `layers ${names.join(', ')} and ${last}`;
}

const them = ({ count }: TipSubject) => (count === 1 ? 'it' : 'them');

/** No builder of Dockerfiles writes a path twice into one layer. */
const ownFix = (subject: TipSubject) =>
  `The tool that wrote layer ${subject.hiddenBy} stored ${them(subject)} twice: its input names ${them(subject)} more than once.`;

const FIXES: Readonly<Record<Id, (subject: TipSubject, steps: Steps) => string>> = {
  'deleted-later': deletedFix,
  'overwritten-later': overwrittenFix,
  'stored-again': againFix,
  'metadata-only': metadataFix,
};

function deletedFix(subject: TipSubject, { lower, upper }: Steps): string {
  const { layers, hiddenBy } = subject;
  if (layers[0] === 0) {
    return `Layer 0 comes with the base image: its bytes go only with another base, or when the image is squashed.`;
  }
  if (isCopy(lower)) {
    return `Leave ${them(subject)} out of ${called(lower, ...layers)} (.dockerignore), or copy ${them(subject)} into a build stage and take only what is needed from there.`;
  }
  const join = `join ${called(upper, hiddenBy)} with ${upper === null || upper !== lower ? called(lower, ...layers) : `${layers.length === 1 ? 'that' : 'those'} of ${layersText(layers)}`}`;
  return `Delete ${them(subject)} in the ${subject.layers.length === 1 ? 'step that makes' : 'steps that make'} ${them(subject)}: ${join}, or use a build stage.`;
}

function overwrittenFix(subject: TipSubject): string {
  const { layers, hiddenBy } = subject;
  return layers[0] === 0
    ? `Layer 0 comes with the base image: a newer base may bring the new ${subject.count === 1 ? 'file' : 'files'} already.`
    : `Write ${them(subject)} once: join the steps of ${layersText([...layers, hiddenBy])}, or leave out what is overwritten.`;
}

function againFix(subject: TipSubject, { lower, upper }: Steps): string {
  const { layers, hiddenBy } = subject;
  const it = them(subject);
  if (isCopy(upper)) {
    const narrow = `narrow ${called(upper, hiddenBy)}`;
    // What both copy from the same context .dockerignore would take from both.
    return `Copy ${it} once: ${isCopy(lower) ? narrow : `list ${it} in .dockerignore, or ${narrow}`}.`;
  }
  if (upper === null || layers[0] === 0) {
    return `Leave ${it} alone in ${called(upper, hiddenBy)}: touching or linking a file of a lower layer stores it whole again.`;
  }
  const where = isCopy(lower)
    ? 'in a build stage, and copy from there'
    : `where ${it} ${subject.count === 1 ? 'is' : 'are'} made, in ${layersText(layers)}`;
  // overlayfs copies a file up as soon as its inode is to change, by a new hard link too.
  return `${sentence(called(upper, hiddenBy))} touches or links what ${layersText(layers)} made, which stores ${it} whole again: do that ${where}.`;
}

function metadataFix(subject: TipSubject, { lower, upper }: Steps): string {
  const { layers, hiddenBy, differs, count } = subject;
  const flags = [
    ...(differs & Differs.Owner ? ['--chown=…'] : []),
    ...(differs & Differs.Mode ? ['--chmod=…'] : []),
  ].join(' ');
  if (flags === '') {
    return `Leave ${count === 1 ? 'the file' : 'the files'} alone in ${called(upper, hiddenBy)}: touching ${them(subject)} stores ${them(subject)} whole again.`;
  }
  if (layers[0] === 0) {
    return `Layer 0 comes with the base image: its ${count === 1 ? 'file is' : 'files are'} stored whole again for this, unless the base has ${them(subject)} so already.`;
  }
  const where = isCopy(lower)
    ? `${lower} ${flags} in ${layersText(layers)}`
    : lower === 'RUN'
      ? `in ${called(lower, ...layers)}`
      : `COPY ${flags}, or in ${called('RUN', ...layers)}`;
  return `Set it where the ${count === 1 ? 'file is' : 'files are'} made (${where}); layer ${hiddenBy} is then not needed.`;
}

const sentence = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
