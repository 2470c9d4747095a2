import { describe, expect, it } from 'vitest';
import { Places } from '../../src/tar/places.ts';

describe('the places of members', () => {
  it('are kept to the byte, beyond four gigabytes too', () => {
    const places = new Places();
    const all = Array.from({ length: 1000 }, (_, index) => index * 512 * 4_000_001);
    places.push(all[0] ?? 0);
    places.pushAll(Float64Array.from(all.slice(1, 700)));
    for (const place of all.slice(700)) places.push(place);
    const kept = () => Array.from({ length: places.length }, (_, index) => places.at(index));
    expect(kept()).toEqual(all);
    places.trim();
    expect(kept()).toEqual(all);
    places.push(512);
    expect(places.at(1000)).toBe(512);
    expect(places.at(1001)).toBeUndefined();
  });
});
