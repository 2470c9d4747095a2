/** What is wrong with a tar: it ends too early, it never was one, it contradicts itself. */
export type TarFault = 'truncated' | 'no-tar' | 'damaged';

/** An error of the bytes, whoever sent them. */
export class TarError extends Error {
  override readonly name = 'TarError';
  readonly fault: TarFault;

  constructor(fault: TarFault, message: string) {
    super(message);
    this.fault = fault;
  }
}
