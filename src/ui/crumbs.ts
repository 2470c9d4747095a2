import { shown } from '../image/text.ts';
import { currentInstruction } from '../state/selectors.ts';
import type { State } from '../state/state.ts';
import { groupCursor, wasteGroups } from '../state/waste-selectors.ts';
import { shortGroupName } from './panes/groups-pane.ts';
import { fitMiddle } from './text/segments.ts';
import type { Glyphs } from './theme.ts';

/** Cells of a path among the crumbs. */
const PATH = 30;

/** Where in the image one is, where that is more than the screen's name: a layer, a group of what is wasted, a file. */
export function crumbsOf(state: State, glyphs: Glyphs): string[] {
  switch (state.screen) {
    case 'explore': {
      const instruction = currentInstruction(state);
      return instruction === null || state.open?.pulled != null ? [] : [layerCrumb(instruction.layer)];
    }
    case 'waste': {
      const groups = wasteGroups(state);
      if (groups === null || groups.length === 0) return [];
      return [shortGroupName(state, groups.at(groupCursor(state)), PATH, glyphs)];
    }
    case 'file': {
      const paths = state.open?.analysis?.tables.paths;
      if (paths === undefined || state.file === null) return [];
      const { layer, node } = state.file;
      // The file's own screen says its whole path.
      const path = fitMiddle(`/${shown(paths.path(node))}`, PATH, glyphs.ellipsis).trimEnd();
      return [layerCrumb(layer), path];
    }
    default:
      return [];
  }
}

const layerCrumb = (layer: number | null): string => (layer === null ? 'no layer' : `layer ${layer}`);
