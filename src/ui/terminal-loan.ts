/** Has something run while the terminal is nobody else's; the screen comes back whole, however it ends. */
export type Lend = (run: () => Promise<void>) => Promise<void>;

/** Where the screen offers its terminal to other programs, and they ask for it. */
export class TerminalLoan {
  private lender: Lend | null = null;

  /** Returns what ends the offer. */
  offer(lender: Lend): () => void {
    this.lender = lender;
    return () => {
      if (this.lender === lender) this.lender = null;
    };
  }

  /** @throws when no screen stands: then nobody has a terminal to lend. */
  readonly lend: Lend = (run) => {
    if (this.lender === null) throw new Error('There is no terminal to lend.');
    return this.lender(run);
  };
}
