import type { ImageConfig } from './config.ts';
import { instructionsOf } from './history.ts';
import type { Origin, SourceKind } from './origin.ts';
import { formatPlatform } from './platform.ts';
import type { ImageFacts, LayerFacts } from './source.ts';

/** How an image is called where it was found. */
export interface ImageName {
  readonly source: SourceKind;
  readonly origin?: Origin;
  readonly reference: string | null;
  readonly id: string | null;
  readonly digest: string | null;
  /** The daemon that holds it, in one line for people; left out where there is none. */
  readonly daemon?: string | null;
}

/** Everything a config tells of an image, under the name it was found by. */
export function factsOf(name: ImageName, config: ImageConfig): ImageFacts {
  const instructions = instructionsOf(config.history, config.diffIds.length);
  const ofLayer = new Map(instructions.map((instruction) => [instruction.layer, instruction]));
  const layers = config.diffIds.map((diffId, index): LayerFacts => {
    const instruction = ofLayer.get(index);
    return {
      diffId,
      createdBy: instruction?.createdBy ?? null,
      created: instruction?.created ?? null,
      statedBytes: null,
    };
  });
  return {
    daemon: null,
    ...name,
    platform: config.platform === null ? null : formatPlatform(config.platform),
    created: config.created,
    layers,
    instructions,
    container: config.container,
  };
}

/** What made each layer, base first; null where nobody says. */
export function commandsOf({ layers }: ImageFacts): (string | null)[] {
  return layers.map(({ createdBy }) => createdBy);
}
