import { columnIn, type Columns, partOf, together } from '../tree/columns.ts';
import { keptTables, tableColumns } from '../tree/kept-tables.ts';
import type { ImageTables, LayerEntries } from '../tree/layer-entries.ts';
import { Stack } from '../tree/stack.ts';
import { diveFigures, type DiveFigures } from './dive-figures.ts';
import { type LayerStats, layerStats, STATS_PER_LAYER, statsColumn, statsIn } from './layer-stats.ts';
import { Ledger } from './ledger.ts';

/**
 * All that follows from an image's layers. Layers are added base first; what has been told of a layer stays so,
 * but for hidden bytes, which only grow while later layers come.
 */
export class Analysis {
  readonly tables: ImageTables;
  readonly stack: Stack;
  readonly ledger: Ledger;
  /** One for each layer stacked so far. */
  readonly layers: LayerStats[] = [];

  /** @param tables the ones that the layers' entries were made with. */
  constructor(tables: ImageTables, stack = new Stack(tables), ledger = new Ledger(stack.entries)) {
    this.tables = tables;
    this.stack = stack;
    this.ledger = ledger;
  }

  /** All there is to keep of the analysis; views of what it is now, as far as that is in columns. */
  columns(): Columns {
    return together({
      tables: tableColumns(this.tables),
      stack: this.stack.columns(),
      ledger: this.ledger.columns(),
      layers: new Map([['stats', statsColumn(this.layers)]]),
    });
  }

  /**
   * An analysis that was kept, as it was: its columns are these, which are its own from now on, and nothing is stacked.
   * @throws RangeError where they are not those of an analysis.
   */
  static of(columns: Columns): Analysis {
    const tables = keptTables(partOf(columns, 'tables'));
    const stack = Stack.of(partOf(columns, 'stack'), tables);
    const analysis = new Analysis(tables, stack, Ledger.of(partOf(columns, 'ledger'), stack));
    const length = stack.layers * STATS_PER_LAYER;
    const stats = columnIn(partOf(columns, 'layers'), 'stats', Float64Array, length);
    for (let layer = 0; layer < stack.layers; layer++) analysis.layers.push(statsIn(stats, layer));
    return analysis;
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
