/** Which files are read for what depends on their content: those, and few others. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Analysis } from '../../src/analysis/analysis.ts';
import { ImageTables, LayerEntries } from '../../src/tree/layer-entries.ts';
import { Undecided } from '../../src/tree/undecided.ts';
import { file, hardlink, whiteout } from '../harness/archive.ts';
import { randomImage } from '../harness/random-image.ts';
import { analysisOf, entryOf, type Layers } from '../harness/tree.ts';

/** Layers of which no content is known but what is asked for; and what that was, as `layer:path`. */
function readAsAsked(layers: Layers): { analysis: Analysis; asked: string[] } {
  const tables = new ImageTables();
  const analysis = new Analysis(tables);
  const undecided = new Undecided(tables);
  const asked: string[] = [];
  const all: LayerEntries[] = [];
  for (const described of layers) {
    const entries = new LayerEntries(tables);
    for (const entry of described) entries.add({ ...entryOf(entry), checksum: null });
    all.push(entries);
    for (const wish of undecided.add(entries)) {
      for (const row of wish.entries) {
        const entry = layers[wish.layer]?.[row];
        const checksum = entry === undefined ? null : entryOf(entry).checksum;
        if (entry === undefined || checksum === null) throw new Error('no file was asked for');
        all[wish.layer]?.setChecksum(row, checksum);
        asked.push(`${wish.layer}:${entry.name}`);
      }
    }
    analysis.addLayer(entries);
  }
  return { analysis, asked };
}

const askedOf = (...layers: Layers) => readAsAsked(layers).asked;

/** What every path has changed in from each layer to each later one. */
function differences({ stack, tables }: Analysis): number[] {
  const all: number[] = [];
  for (let node = 0; node < tables.paths.size; node++) {
    for (let to = 1; to < stack.layers; to++) {
      for (let from = 0; from < to; from++) {
        const [before, after] = [from, to].map((layer) => stack.records.shownAt(node, layer));
        all.push(stack.entries.difference(before ?? 0, after ?? 0));
      }
    }
  }
  return all;
}

describe('of files nobody has looked at', () => {
  it('as many are asked for as every change, every fate and every range depends on', () => {
    fc.assert(
      fc.property(randomImage, ({ layers }) => {
        const whole = analysisOf(...layers);
        const { analysis } = readAsAsked(layers);
        expect(analysis.ledger.rows).toEqual(whole.ledger.rows);
        expect(analysis.layers).toEqual(whole.layers);
        expect(differences(analysis)).toEqual(differences(whole));
      }),
      { numRuns: 300 },
    );
  });

  it('none is where sizes differ, or each path is stored once', () => {
    expect(askedOf([file('a', 'one'), file('b', 'one')], [file('a', 'three'), file('c', 'one')])).toEqual([]);
  });

  it('both are that one path has with the same size, whatever lies between', () => {
    const layers: Layers = [[file('a', 'one')], [whiteout('a')], [file('a', 'other')], [file('a', 'two')]];
    expect(askedOf(...layers)).toEqual(['0:a', '3:a']);
  });

  it('both are that one layer stores under one path', () => {
    expect(askedOf([file('a', 'one'), file('a', 'two')])).toEqual(['0:a', '0:a']);
  });

  it('a file is under the names that hard links have given it', () => {
    const layers: Layers = [
      [file('a', 'one'), hardlink('b', 'a')],
      [hardlink('c', 'b')],
      [file('c', 'two'), file('d', 'six')],
    ];
    expect(askedOf(...layers)).toEqual(['0:a', '2:c']);
  });

  it('none is empty', () => {
    expect(askedOf([file('a', '')], [file('a', '')])).toEqual([]);
  });

  it('none is asked for twice', () => {
    const layers: Layers = [[file('a', 'one')], [file('a', 'two')], [file('a', 'six')]];
    expect(askedOf(...layers)).toEqual(['0:a', '1:a', '2:a']);
  });

  it('all are of a path that has had too many sizes to look for equal ones', () => {
    const layers = Array.from({ length: 18 }, (_, layer) => [file('a', 'x'.repeat(layer + 1))]);
    expect(askedOf(...layers)).toHaveLength(18);
    expect(askedOf(...layers.slice(0, 16))).toEqual([]);
  });

  it('a layer that comes twice is the same in both', () => {
    const tables = new ImageTables();
    const undecided = new Undecided(tables);
    const layer = new LayerEntries(tables);
    layer.add({ ...entryOf(file('a', 'one')), checksum: null });
    expect(undecided.add(layer)).toEqual([]);
    expect(undecided.add(layer)).toEqual([]);
    expect(layer.sameContent(0, layer, 0)).toBe(true);
  });
});
