// What built a layer, as a person would have written it. The classic builder records the shell's call, with a
// comment (`#(nop)`) where no shell was called; BuildKit records the instruction and signs it.

import type { Instruction } from './history.ts';

const CLASSIC_INSTRUCTION = /^\/bin\/sh -c #\(nop\)\s+/;
/** What runs a RUN: build arguments (`|1 VERSION=2 `), a shell, its options up to `-c`. */
const SHELL =
  /^(?:RUN )?(?:\|\d+ [^]*?)?(?:\/usr)?\/bin\/(?:a|ba|da|z)?sh (?:-[a-z]*o pipefail |-[a-z]+ )*?-[a-z]*c /;
const BUILDKIT_SIGNATURE = '# buildkit';

/** Of a longer command the beginning is shown: what is matched here is matched on every frame of the screen. */
const MAX_COMMAND_UNITS = 16 * 1024;

/** A command without the noise of its builder: `RUN apt-get update`, `ENV LANG=C.UTF-8`. Empty when unknown. */
export function shortCommand(createdBy: string | null): string {
  if (createdBy === null) return '';
  const command = unsigned(createdBy.slice(0, MAX_COMMAND_UNITS)).trim();
  if (CLASSIC_INSTRUCTION.test(command)) return oneLine(command.replace(CLASSIC_INSTRUCTION, ''));
  if (SHELL.test(command)) return `RUN ${oneLine(command.replace(SHELL, ''))}`;
  return oneLine(command);
}

/** What an instruction shows as: its command, else what its builder said of it (`Imported from -`). Empty when unknown. */
export function instructionText({
  createdBy,
  comment = '',
}: Pick<Instruction, 'createdBy' | 'comment'>): string {
  return shortCommand(createdBy) || oneLine(comment.slice(0, MAX_COMMAND_UNITS));
}

function unsigned(command: string): string {
  return command.endsWith(BUILDKIT_SIGNATURE) ? command.slice(0, -BUILDKIT_SIGNATURE.length) : command;
}

function oneLine(command: string): string {
  return command.replaceAll(/\s+/g, ' ').trim();
}
