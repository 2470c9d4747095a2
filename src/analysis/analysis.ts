import { ImageTables, type LayerEntries } from '../tree/layer-entries.ts';
import { Stack } from '../tree/stack.ts';
import { diveFigures, type DiveFigures } from './dive-figures.ts';
import { type LayerStats, layerStats } from './layer-stats.ts';
import { Ledger } from './ledger.ts';

/**
 * All that follows from an image's layers. Layers are added base first; what has been told of a layer stays so,
 * but for hidden bytes, which only grow while later layers come.
 */
export class Analysis {
  readonly tables: ImageTables;
  readonly stack: Stack;
  readonly ledger = new Ledger();
  /** One for each layer stacked so far. */
  readonly layers: LayerStats[] = [];

  /** @param tables the ones that the layers' entries were made with. */
  constructor(tables: ImageTables) {
    this.tables = tables;
    this.stack = new Stack(tables);
  }

  addLayer(layer: LayerEntries): void {
    const index = this.stack.layers;
    const hidden = this.stack.apply(layer);
    this.ledger.add(this.stack, index, layer.bytes, hidden);
    this.layers.push(layerStats(this.stack, index, layer.bytes));
  }

  /** dive's figures of the layers stacked so far, reckoned anew on each call. */
  diveFigures(): DiveFigures {
    return diveFigures(this.tables.paths, this.stack.entries.layers);
  }
}
