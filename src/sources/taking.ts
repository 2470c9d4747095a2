import type { ContentRequest, ContentSink } from '../image/source.ts';

type Open = (request: ContentRequest) => ContentSink;

/**
 * Lets `read` hand files over to the sinks that `open` makes, and tells apart whose failure it is when that fails.
 * @param blame what an error of reading means for a person.
 * @throws the signal's reason; what a sink has thrown, as it is; else what `blame` makes of the error.
 */
export async function taking(
  open: Open,
  signal: AbortSignal,
  read: (open: Open) => Promise<void>,
  blame: (error: unknown) => unknown,
): Promise<void> {
  const failures: unknown[] = [];
  const noted = (error: unknown): never => {
    failures.push(error);
    throw error;
  };
  const attempt = <T>(something: () => T): T => {
    try {
      return something();
    } catch (error) {
      return noted(error);
    }
  };
  const watched = (request: ContentRequest): ContentSink => {
    const sink = attempt(() => open(request));
    return {
      write: (piece) => {
        // Much may have been read ahead of a stream that was aborted.
        signal.throwIfAborted();
        return attempt(() => sink.write(piece));
      },
      drained: () => attempt(() => sink.drained()).catch(noted),
      end: () => attempt(() => sink.end()).catch(noted),
    };
  };
  try {
    signal.throwIfAborted();
    await read(watched);
  } catch (error) {
    signal.throwIfAborted();
    throw failures.length > 0 ? failures[0] : blame(error);
  }
}
