import { describe, expect, it } from 'vitest';
import { guessEmptySteps, type HistoryEntry, historyOf, instructionsOf } from '../../src/image/history.ts';

const CREATED = '2026-01-01T00:00:00Z';

/** A history of the given commands; those in brackets made no layer. */
const history = (...commands: string[]): HistoryEntry[] =>
  commands.map((command) => ({
    createdBy: command.replace(/^\((.*)\)$/, '$1'),
    created: CREATED,
    empty: command.startsWith('('),
  }));

/** Commands with the layers they made: `ADD=0`, `ENV=-`. */
const paired = (entries: readonly HistoryEntry[], layers: number): string[] =>
  instructionsOf(entries, layers).map(({ createdBy, layer }) => `${createdBy ?? '?'}=${layer ?? '-'}`);

describe('instructions', () => {
  it('stand in the order of the history, each with the layer it made', () => {
    expect(paired(history('ADD', '(ENV)', 'RUN', '(CMD)'), 2)).toEqual(['ADD=0', 'ENV=-', 'RUN=1', 'CMD=-']);
  });

  it('keep when they were made', () => {
    expect(instructionsOf(history('ADD'), 1)).toEqual([{ createdBy: 'ADD', created: CREATED, layer: 0 }]);
  });

  it('are one for each layer where there is no history', () => {
    expect(paired([], 2)).toEqual(['?=0', '?=1']);
  });

  it('stand at the end, without a command, for layers that no entry tells of', () => {
    expect(paired(history('ADD', '(ENV)'), 3)).toEqual(['ADD=0', 'ENV=-', '?=1', '?=2']);
  });

  it('make no layer beyond the last one', () => {
    expect(paired(history('ADD', 'RUN', 'COPY'), 2)).toEqual(['ADD=0', 'RUN=1', 'COPY=-']);
    expect(paired(history('ADD'), 0)).toEqual(['ADD=-']);
  });
});

describe('the history of a config', () => {
  it('is read entry by entry', () => {
    const value = [{ created: CREATED, created_by: 'ADD' }, { empty_layer: true }];
    expect(historyOf(value)).toEqual([
      { createdBy: 'ADD', created: CREATED, empty: false },
      { createdBy: null, created: null, empty: true },
    ]);
  });

  it('keeps the comments, which reach the instructions', () => {
    const entries = historyOf([{ comment: 'Imported from -' }, { created_by: 'RUN', comment: '' }]);
    expect(entries).toEqual([
      { createdBy: null, created: null, empty: false, comment: 'Imported from -' },
      { createdBy: 'RUN', created: null, empty: false },
    ]);
    expect(instructionsOf(entries, 2)[0]).toEqual({
      ...{ createdBy: null, created: null, layer: 0, comment: 'Imported from -' },
    });
    expect(
      guessEmptySteps([{ createdBy: '', created: null, size: 1, comment: 'Imported from -' }], 1),
    ).toEqual([{ createdBy: null, created: null, empty: false, comment: 'Imported from -' }]);
  });

  it('counts a step as empty only where it says so', () => {
    expect(historyOf([{ empty_layer: 'yes' }, { empty_layer: false }, {}]).map(({ empty }) => empty)).toEqual(
      [false, false, false],
    );
  });

  it.each([undefined, null, 'text', {}, 7])('is empty when it is %j', (value) => {
    expect(historyOf(value)).toEqual([]);
  });

  it('passes over what is no entry', () => {
    expect(historyOf([null, 'RUN', { created_by: 'ADD' }, []])).toHaveLength(1);
  });
});

/** The steps that a guess takes for empty, given as `size command`. */
const guessedEmpty = (layers: number, ...steps: string[]): string[] => {
  const told = steps.map((step) => {
    const [, size = '', createdBy = ''] = /^(\d+) (.*)$/s.exec(step) ?? [];
    return { createdBy, created: null, size: Number(size) };
  });
  return guessEmptySteps(told, layers).flatMap(({ createdBy, empty }) => (empty ? [createdBy ?? '?'] : []));
};

describe('the guess at which steps of a daemon made no layer', () => {
  it('takes metadata instructions of the classic builder for empty', () => {
    const env = '/bin/sh -c #(nop)  ENV A=b';
    const cmd = '/bin/sh -c #(nop)  CMD ["sh"]';
    expect(guessedEmpty(1, '5 /bin/sh -c #(nop) ADD file:1 in / ', `0 ${env}`, `0 ${cmd}`)).toEqual([
      env,
      cmd,
    ]);
  });

  it.each([
    ...['ARG', 'CMD', 'ENTRYPOINT', 'ENV', 'EXPOSE', 'HEALTHCHECK', 'LABEL', 'MAINTAINER', 'ONBUILD'],
    ...['SHELL', 'STOPSIGNAL', 'USER', 'VOLUME'],
  ])('takes %s of BuildKit for empty', (instruction) => {
    // Two layers for three steps of no bytes: which of RUN and WORKDIR is in doubt does not matter here.
    expect(guessedEmpty(2, '0 RUN true', `0 ${instruction} x`, '0 COPY a b')).toEqual([`${instruction} x`]);
  });

  it('takes no step with bytes for empty, whatever it is called', () => {
    expect(guessedEmpty(1, '7 ENV A=b')).toEqual([]);
    expect(guessedEmpty(0, '7 ENV A=b')).toEqual([]);
  });

  it('takes no instruction for empty whose name only begins alike', () => {
    expect(guessedEmpty(1, '0 USERADD x')).toEqual([]);
    expect(guessedEmpty(1, '0 RUN ENV')).toEqual([]);
  });

  it('counts a WORKDIR without bytes as a layer where the layers want it', () => {
    expect(guessedEmpty(2, '5 ADD', '0 WORKDIR /app', '0 CMD x')).toEqual(['CMD x']);
  });

  it('counts it as empty where there are layers enough, those nearest the top first', () => {
    expect(guessedEmpty(1, '5 ADD', '0 WORKDIR /app')).toEqual(['WORKDIR /app']);
    expect(guessedEmpty(2, '5 ADD', '0 WORKDIR /a', '0 WORKDIR /b')).toEqual(['WORKDIR /b']);
  });

  it('is exact as soon as there are no more steps than layers', () => {
    expect(guessedEmpty(3, '0 RUN a', '0 RUN b', '0 WORKDIR /c')).toEqual([]);
  });

  it('keeps the order, the commands and the times; an empty command is none', () => {
    expect(guessEmptySteps([{ createdBy: '', created: CREATED, size: 3 }], 1)).toEqual([
      { createdBy: null, created: CREATED, empty: false },
    ]);
  });
});
