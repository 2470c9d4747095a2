import { afterEach, describe, expect, it, vi } from 'vitest';
import { holdEndingSignals } from '../../src/system/ending-signals.ts';

const SIGNALS = ['SIGUSR2', 'SIGCONT'] as const;

afterEach(() => vi.restoreAllMocks());

describe('a signal that is held back', () => {
  it('ends the process when what it waits for is done, and not before', async () => {
    const kill = process.kill.bind(process);
    const killed = vi.spyOn(process, 'kill').mockReturnValue(true);
    const ready: PromiseWithResolvers<void> = Promise.withResolvers();
    const asked: PromiseWithResolvers<void> = Promise.withResolvers();
    const forget = holdEndingSignals(() => {
      asked.resolve();
      return ready.promise;
    }, SIGNALS);
    kill(process.pid, 'SIGUSR2');
    await asked.promise;
    // A second one is no reason to hurry.
    const heard = new Promise((resolve) => process.once('SIGCONT', resolve));
    kill(process.pid, 'SIGCONT');
    await heard;
    expect(killed).not.toHaveBeenCalled();
    expect(process.listenerCount('SIGUSR2')).toBe(1);
    ready.resolve();
    await vi.waitFor(() => expect(killed).toHaveBeenCalled());
    expect(killed.mock.calls).toEqual([[process.pid, 'SIGUSR2']]);
    expect(process.listenerCount('SIGUSR2')).toBe(0);
    forget();
  });
});
