import { PeelError } from '../image/errors.ts';
import type { ContentRequest, ContentSink } from '../image/source.ts';
import { shown } from '../image/text.ts';
import { type ByteSink, Enough, IGNORE } from '../tar/byte-sink.ts';
import { entryOf } from '../tar/header.ts';
import { HoleAllowance } from '../tar/holes.ts';
import { membersSink } from '../tar/read-members.ts';
import type { Member } from '../tar/visitor.ts';

/** Files by the place of their entries in one layer; layers that share a blob may want one of them several times. */
type Wishes = Map<number, ContentRequest[]>;

/** The files that are wanted of an image, by the members that store their layers, and what has come of them so far. */
export class Deliveries {
  private readonly wishes = new Map<string, Wishes>();
  private readonly open: (request: ContentRequest) => ContentSink;
  private readonly holes = new HoleAllowance();

  /**
   * @param members names of the members that hold the layers, base first.
   * @throws PeelError `file` when a layer is wanted that there is none of.
   */
  constructor(
    requests: readonly ContentRequest[],
    members: readonly string[],
    open: (request: ContentRequest) => ContentSink,
  ) {
    this.open = open;
    for (const request of requests) {
      const member = members[request.layer];
      if (member === undefined) throw changed(request);
      const wishes: Wishes = this.wishes.get(member) ?? new Map<number, ContentRequest[]>();
      this.wishes.set(member, wishes);
      wishes.set(request.entry, [...(wishes.get(request.entry) ?? []), request]);
    }
  }

  /** Members of which something is still wanted, in the order in which they were asked for. */
  get members(): string[] {
    return [...this.wishes.keys()];
  }

  wants(member: string): boolean {
    return this.wishes.has(member);
  }

  /** A sink for the uncompressed bytes of a member that is wanted. It has had `Enough` when the last file has come. */
  sinkOf(member: string): ByteSink {
    const wishes = this.wishesOf(member);
    let position = -1;
    const take = (header: Member) =>
      this.receiver(member, ++position, header, () => {
        if (wishes.size === 0) throw new Enough();
      });
    return membersSink(take, { holes: this.holes });
  }

  /** Positions of the entries that are wanted of a member, in ascending order. */
  entriesOf(member: string): number[] {
    return [...this.wishesOf(member).keys()].sort((a, b) => a - b);
  }

  /** A sink for the bytes of one entry's member, headers and all. It has had `Enough` when the file has come. */
  sinkAt(member: string, position: number): ByteSink {
    const take = (header: Member) =>
      this.receiver(member, position, header, () => {
        throw new Enough();
      });
    return membersSink(take, { holes: this.holes });
  }

  /** @throws PeelError `file`: what stands there is not the file that was there. */
  refuse(member: string, position: number): never {
    throw changed(this.wishesOf(member).get(position)?.[0]);
  }

  private wishesOf(member: string): Wishes {
    return this.wishes.get(member) ?? new Map<number, ContentRequest[]>();
  }

  /** Where a payload goes. `come` is called once it has come whole, and is not wanted any more. */
  private receiver(member: string, position: number, header: Member, come: () => void): ByteSink {
    const wishes = this.wishesOf(member);
    const requests = wishes.get(position);
    if (requests === undefined) return IGNORE;
    const entry = entryOf(header);
    const other = requests.find(({ path, size }) => entry.path !== path || entry.size !== size);
    if (other !== undefined || entry.type !== 'file') throw changed(other ?? requests[0]);
    return teeing(requests.map(this.open), () => {
      wishes.delete(position);
      if (wishes.size === 0) this.wishes.delete(member);
      come();
    });
  }

  /** @throws PeelError `file` when something has not come though all has been read. */
  check(): void {
    for (const wishes of this.wishes.values()) {
      for (const requests of wishes.values()) throw changed(requests[0]);
    }
  }
}

/** The same bytes for all sinks, which are nearly always one; `ended` follows when all have dealt with them. */
function teeing(sinks: readonly ContentSink[], ended: () => void): ByteSink {
  return {
    // Every one of them must see the chunk, whatever those before say.
    write: (chunk) => sinks.map((sink) => sink.write(chunk)).every(Boolean),
    drained: async () => {
      await Promise.all(sinks.map((sink) => sink.drained()));
    },
    end: async () => {
      await Promise.all(sinks.map((sink) => sink.end()));
      ended();
    },
  };
}

function changed(request: ContentRequest | undefined): PeelError {
  const what = request === undefined ? 'A file' : `/${shown(request.path)} in layer ${request.layer}`;
  return new PeelError(
    'file',
    `${what} is not there as it was: the image has changed since it was opened. Open it again.`,
  );
}
