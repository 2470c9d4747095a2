import { PeelError } from '../image/errors.ts';
import { initialState } from '../state/state.ts';
import type { Settings } from '../config/settings.ts';
import type { Arguments } from './arguments.ts';
import { imageCache } from './cache-place.ts';
import { isFirstRun } from './first-run.ts';
import { wishesOf } from './looks.ts';
import { openSource, SAMPLE } from './open-source.ts';
import { FINE, Session } from './session.ts';
import { openTerminal, type OpenTerminal } from './terminal.ts';
import type { Store } from '../ui/store.ts';
import { checkIntegrity } from './verify.ts';

/** Opens the full screen on a terminal, by default the one that peel was started in; resolves with the exit status. */
export async function explore(
  options: Arguments,
  settings: Settings,
  terminal: OpenTerminal = openTerminal(),
): Promise<number> {
  const target = options.sample ? SAMPLE : options.target;
  const asked = { ...options, offersPlatforms: true };
  const request = target === null ? null : { ...asked, target };
  const session = new Session(
    initialState(terminal.size, 'images', settings.files),
    request,
    asked,
    terminal,
    imageCache(options, settings, process.env),
  );
  try {
    if (request === null) void session.listImages();
    else await session.open((signal) => openSource(request, signal));
    // Where there is nothing to show, the screen does not open and close again.
    if (!session.hasLeft) {
      if (settings.hints) welcome(session.store);
      await terminal.show(session.store, session.left, wishesOf(settings));
    }
  } finally {
    // A screen that broke down leaves nothing under way either, or the process would wait for an export to its end.
    session.stop();
  }
  const status = session.end();
  const { open } = session.store.state();
  if (options.verify && status === FINE && open !== null) {
    const { isComplete, verification } = open;
    if (!isComplete || verification === 'under way')
      throw new PeelError('mismatch', 'It was left before it could be verified.');
    if (verification !== 'none') throw new PeelError('mismatch', verification.problem);
    checkIntegrity(open.blobs);
  }
  return status;
}

/** Tells the first keys once an image can be seen, on which they work; until then nobody has been told. */
function welcome(store: Store): void {
  const greet = (): void => {
    const { screen, open, help } = store.state();
    if (screen !== 'explore' || open?.facts == null || help !== null) return;
    forget();
    if (isFirstRun(process.env)) store.dispatch({ type: 'first-run' });
  };
  const forget = store.subscribe(greet);
  greet();
}
