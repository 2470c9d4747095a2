/** Changes to a JSON text that leave it JSON, most of the time. */
import { mutateBytes } from './mutate-bytes.ts';
import type { Random } from './random.ts';
import { JSON_KEYS, JSON_VALUES } from './vocabulary.ts';

/** Stands in a tree for a text that `JSON.stringify` would not write. */
const MARK = '\u0001mark';

/** Null when the bytes are no JSON object or array. */
export function mutateJson(bytes: Buffer, random: Random): Buffer | null {
  const tree = parsed(bytes);
  if (typeof tree !== 'object' || tree === null) return null;
  if (random.chance(10)) return mutateBytes(bytes, random);
  if (random.chance(3)) return Buffer.from(random.pick(JSON_VALUES));
  const texts: string[] = [];
  const root: Container = { root: tree };
  for (let times = random.below(3) + 1; times > 0; times--) changeSomewhere(root, texts, random);
  const json = JSON.stringify(root['root'] ?? null);
  // A key that comes twice has no place in a tree of objects: it is written into the text.
  const doubled = random.chance(10)
    ? json.replace('{', () => `{"${random.pick(JSON_KEYS)}":${random.pick(JSON_VALUES)},`)
    : json;
  return Buffer.from(
    texts.reduce((text, hostile, index) => text.replaceAll(`"\\u0001mark${index}"`, () => hostile), doubled),
  );
}

/** What is nested deeper was changed before, and is more than copying and writing it can take. */
const MAX_DEPTH = 1_000;

function parsed(bytes: Buffer): unknown {
  try {
    return depthOf(bytes) > MAX_DEPTH ? null : JSON.parse(bytes.toString('utf8'));
  } catch {
    return null;
  }
}

/** How deep brackets are nested at most, those in texts among them. */
function depthOf(bytes: Buffer): number {
  let depth = 0;
  let deepest = 0;
  for (const byte of bytes) {
    if (byte === 0x5b || byte === 0x7b) deepest = Math.max(deepest, ++depth);
    else if (byte === 0x5d || byte === 0x7d) depth--;
  }
  return deepest;
}

type Container = Record<string, unknown>;

interface Place {
  readonly container: Container;
  readonly key: string;
}

const PLAIN = { enumerable: true, configurable: true, writable: true };

const copyOf = (place: Place | undefined): unknown =>
  place === undefined ? null : structuredClone(place.container[place.key]);

function changeSomewhere(root: Container, texts: string[], random: Random): void {
  const places = placesIn(root);
  const place = random.pick(places);
  if (place === undefined) return;
  const { container, key } = place;
  const mark = () => `${MARK}${texts.push(random.pick(JSON_VALUES)) - 1}`;
  switch (random.below(8)) {
    case 0:
      Reflect.deleteProperty(container, key);
      break;
    case 1:
      container[key] = [container[key]];
      break;
    case 2:
      container[key] = { [random.pick(JSON_KEYS)]: container[key] };
      break;
    case 3:
      repeat(container, key, random);
      break;
    case 4:
      container[key] = copyOf(random.pick(places));
      break;
    case 5:
      // As JSON.parse does it: `__proto__` is a key like any other.
      Reflect.defineProperty(container, random.pick(JSON_KEYS), { ...PLAIN, value: mark() });
      break;
    default:
      container[key] = mark();
  }
}

/** An element that comes many times: layers, history, manifests. */
function repeat(container: Container, key: string, random: Random): void {
  const value = container[key];
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  const times = list.length > 50 ? 2 : random.pick([2, 3, 50, 2_000]);
  container[key] = Array.from({ length: times }, () => list).flat();
}

/** Every place of a value in the tree, the first 2,000 of them. */
function placesIn(root: Container): Place[] {
  const places: Place[] = [];
  const waiting = [root];
  for (let next = waiting.pop(); next !== undefined && places.length < 2_000; next = waiting.pop()) {
    for (const [key, value] of Object.entries(next)) {
      places.push({ container: next, key });
      if (typeof value === 'object' && value !== null && waiting.length < 2_000)
        waiting.push(value as Container);
    }
  }
  return places;
}
