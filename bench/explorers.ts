// The explorers that are opened in a terminal side by side, and what is pressed in each.
import { findCommand } from '../test/harness/debian-packages.ts';
import { PEEL } from './contestants.ts';

export interface Explorer {
  readonly name: string;
  /** Opens an archive. */
  readonly command: (path: string) => readonly string[];
  /** What its screen shows when the image has been read, and when its layers can be seen. */
  readonly read: RegExp;
  readonly layers: RegExp;
  readonly gestures: readonly Gesture[];
}

/** Keys that do one thing again and again. Those of all gestures follow each other; `lead` goes before, unmeasured. */
export interface Gesture {
  readonly name: GestureName;
  readonly lead: readonly string[];
  readonly keys: readonly string[];
}

export const GESTURES = ['layer', 'cursor', 'page', 'view', 'filter'] as const;
export type GestureName = (typeof GESTURES)[number];

const times = (count: number, ...keys: string[]): string[] =>
  Array.from({ length: count }, () => keys).flat();

/** All three begin in their list of layers. @param toFiles keys that lead to the whole file system, all directories open. */
const walk = (...toFiles: readonly string[]): readonly Gesture[] => [
  { name: 'layer', lead: [], keys: times(50, 'down', 'up') },
  { name: 'cursor', lead: toFiles, keys: times(100, 'down') },
  { name: 'page', lead: [], keys: times(10, 'pagedown') },
];

const PEEL_ALONE: readonly Gesture[] = [
  { name: 'view', lead: [], keys: times(10, 't', 't') },
  { name: 'filter', lead: ['/'], keys: ['s', 'o', 'u', 'r', 'c', 'e'] },
];

/** Those that are installed; peel first. */
export function explorers(): Explorer[] {
  const [dive, diving] = [findCommand('dive'), findCommand('diving')];
  const shown = /Current Layer Contents/;
  return [
    {
      name: 'peel',
      command: (path) => [...PEEL, path],
      read: /wasted \d/,
      layers: /RUN \w/,
      gestures: [...walk('tab', 't', '+'), ...PEEL_ALONE],
    },
    ...(dive === null
      ? []
      : [
          {
            name: 'dive',
            command: (path: string) => [dive, '--source', 'docker-archive', path],
            read: shown,
            layers: shown,
            gestures: walk('tab'),
          },
        ]),
    ...(diving === null
      ? []
      : [
          {
            name: 'diving',
            command: (path: string) => [diving, `file://${path}`],
            read: shown,
            layers: shown,
            gestures: walk('tab'),
          },
        ]),
  ];
}
