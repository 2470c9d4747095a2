import { type ErrorCode, messageOf, PeelError } from '../../image/errors.ts';
import { TarError, type TarFault } from '../../tar/tar-error.ts';

/** What there is to say of an error to another thread: errors themselves arrive there without their class. */
export type ErrorFacts =
  | { readonly type: 'tar'; readonly fault: TarFault; readonly message: string }
  | { readonly type: 'peel'; readonly code: ErrorCode; readonly message: string }
  /** One of the system, or of the program. */
  | { readonly type: 'other'; readonly message: string; readonly system: object };

export function factsOfError(error: unknown): ErrorFacts {
  if (error instanceof TarError) return { type: 'tar', fault: error.fault, message: error.message };
  if (error instanceof PeelError) return { type: 'peel', code: error.code, message: error.message };
  const system = error instanceof Error && 'code' in error ? Object.assign({}, error) : {};
  return { type: 'other', message: messageOf(error), system };
}

/** The same error, made anew. */
export function errorOf(facts: ErrorFacts): Error {
  switch (facts.type) {
    case 'tar':
      return new TarError(facts.fault, facts.message);
    case 'peel':
      return new PeelError(facts.code, facts.message);
    case 'other':
      return Object.assign(new Error(facts.message), facts.system);
  }
}
