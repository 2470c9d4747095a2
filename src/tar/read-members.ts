import { setImmediate } from 'node:timers/promises';
import { type ByteSink, IGNORE } from './byte-sink.ts';
import { HoleAllowance, MAX_MEMBER_HOLE_BYTES } from './holes.ts';
import { TarReader } from './tar-reader.ts';
import type { Member, TarVisitor } from './visitor.ts';

/** What to do about a tar beside its members. */
interface MembersOptions {
  /** Is called when the tar's own end has come, which may be long before its stream's. */
  readonly ended?: () => void;
  /** What its sparse members may leave out; where nothing is said as much as an archive's own members may. */
  readonly holes?: HoleAllowance;
}

/**
 * A sink for the bytes of a tar. Its members go, one after the other, each whole to the sink that `take` has for it;
 * there may be a million that are ignored.
 */
export function membersSink(take: (member: Member) => ByteSink, options: MembersOptions = {}): ByteSink {
  return new MembersSink(take, options);
}

class MembersSink implements ByteSink, TarVisitor {
  private readonly take: (member: Member) => ByteSink;
  readonly ended: () => void;
  private readonly reader: TarReader;
  private sink: ByteSink = IGNORE;
  /** What must come to pass before the next byte can be taken. */
  private awaited: Promise<void> | null = null;
  private draining: Promise<void> | null = null;
  /** What was left of a chunk when it came to waiting. */
  private rest: Buffer = Buffer.alloc(0);

  constructor(take: (member: Member) => ByteSink, { ended, holes }: MembersOptions) {
    this.take = take;
    this.ended = ended ?? (() => undefined);
    this.reader = new TarReader(this, holes ?? new HoleAllowance(MAX_MEMBER_HOLE_BYTES));
  }

  write(chunk: Uint8Array): boolean {
    const taken = this.reader.write(chunk);
    if (!this.mustWait()) return true;
    this.rest = Buffer.from(chunk.subarray(taken));
    return false;
  }

  drained(): Promise<void> {
    // A stream may end while it is being waited for: both then wait for the same.
    this.draining ??= this.drain().finally(() => (this.draining = null));
    return this.draining;
  }

  async end(): Promise<void> {
    await this.drained();
    this.reader.end();
  }

  cancel(): void {
    this.sink.cancel?.();
  }

  begin(member: Member): void {
    this.sink = this.take(member);
  }

  data(piece: Buffer): void {
    const { sink } = this;
    if (!sink.write(piece)) this.await(() => sink.drained());
  }

  finish(): void {
    const { sink } = this;
    // Nothing is waited for where nobody takes anything.
    if (sink !== IGNORE) this.await(() => sink.end());
  }

  private async drain(): Promise<void> {
    while (this.awaited !== null) {
      await this.awaited;
      this.awaited = null;
      this.rest = this.rest.subarray(this.reader.write(this.rest));
      this.mustWait();
    }
  }

  /** Whether anything is waited for; a reader that has paused of itself goes on in the next turn. */
  private mustWait(): boolean {
    if (this.reader.hasPaused()) this.awaited ??= setImmediate();
    return this.awaited !== null;
  }

  private await(something: () => Promise<void>): void {
    this.awaited = this.awaited === null ? something() : this.awaited.then(something);
    this.reader.pause();
  }
}
