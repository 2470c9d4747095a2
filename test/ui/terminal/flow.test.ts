import { describe, expect, it } from 'vitest';
import { Flow } from '../../../src/ui/terminal/flow.ts';

/** Sends so many bytes in frames of 500; returns how many questions were asked. */
function send(flow: Flow, bytes: number): number {
  let asked = 0;
  for (let sent = 0; sent < bytes; sent += 500) if (flow.send(500)) asked++;
  return asked;
}

describe('what is on its way to a terminal', () => {
  it('is asked about once in a kilobyte', () => {
    const flow = new Flow();
    expect(flow.send(1000)).toBe(false);
    expect(flow.send(100)).toBe(true);
    expect(flow.send(100)).toBe(false);
    expect(flow.awaited).toBe(1);
    expect(flow.send(5000)).toBe(true);
    expect(flow.awaited).toBe(2);
  });

  it('has no bound before the terminal has answered once', () => {
    const flow = new Flow();
    send(flow, 100_000);
    expect(flow.hasRoom).toBe(true);
  });

  it('is 8 KiB at most once it has', () => {
    const flow = new Flow();
    const asked = send(flow, 8000);
    for (let answer = 0; answer < asked; answer++) flow.answered();
    send(flow, 7000);
    expect(flow.hasRoom).toBe(true);
    send(flow, 1500);
    expect(flow.hasRoom).toBe(false);
    flow.answered();
    expect(flow.hasRoom, 'an answer makes room for what came before its question').toBe(true);
  });

  it('has no bound after answers have been given up, until there is one again', () => {
    const flow = new Flow();
    send(flow, 2000);
    flow.answered();
    send(flow, 20_000);
    expect(flow.hasRoom).toBe(false);
    flow.giveUp();
    expect(flow.awaited).toBe(0);
    send(flow, 20_000);
    expect(flow.hasRoom).toBe(true);
    flow.answered();
    expect(flow.hasRoom).toBe(false);
  });

  it('takes no notice of an answer to nothing', () => {
    const flow = new Flow();
    flow.answered();
    send(flow, 20_000);
    expect(flow.hasRoom).toBe(true);
  });
});
