import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../../src/image/config.ts';
import { factsOf } from '../../../src/image/facts.ts';
import type { ImageFacts } from '../../../src/image/source.ts';
import { imageDetails } from '../../../src/ui/panes/image-details.ts';
import { imageLength, imageLines } from '../../../src/ui/screens/image.ts';
import { update } from '../../../src/state/update.ts';
import type { ScreenSize, State } from '../../../src/state/state.ts';
import { cells } from '../../../src/ui/text/segments.ts';
import { after, factsFor, opened } from '../../harness/explorer.ts';
import { screenText, textOf, UNICODE } from '../../harness/explorer-screen.ts';
import { file } from '../../harness/archive.ts';

const SIZE: ScreenSize = { columns: 120, rows: 100 };

/** What stands in its border, blanks between words as one. */
const text = (state: State): string[] =>
  imageLines(state, state.size.rows - 2, UNICODE.glyphs)
    .slice(1, 1 + imageLength(state))
    .map((line) => textOf(line).slice(1, -1).replaceAll(/ +/g, ' ').trim());

/** The lines of a section, without its heading. */
function section(state: State, title: string): string[] {
  const lines = text(state);
  const start = lines.indexOf(title);
  if (start === -1) return [];
  const end = lines.indexOf('', start);
  return lines.slice(start + 1, end === -1 ? undefined : end);
}

function showing(facts: ImageFacts, size = SIZE): State {
  return after(update(opened([[file('a', 'x')]], { size }), { type: 'image', image: facts }).state, 'image');
}

/** The facts of a config with one layer. */
function factsWith(config: Record<string, unknown>): ImageFacts {
  const parsed = parseConfig({ rootfs: { diff_ids: ['sha256:aa'] }, config });
  return factsOf(
    { source: 'docker', reference: 'shop:1', id: 'sha256:id', digest: 'sha256:manifest' },
    parsed,
  );
}

const FULL = factsWith({
  User: '1000',
  WorkingDir: '/app',
  Entrypoint: ['/init', 'a b'],
  Cmd: ['run'],
  Env: ['PATH=/bin:/usr/bin', 'EMPTY='],
  ExposedPorts: { '80/tcp': {}, '53/udp': {} },
  Volumes: { '/data': {} },
  Labels: { 'org.example.version': '1=2' },
  StopSignal: 'SIGQUIT',
  Healthcheck: { Test: ['CMD-SHELL', 'curl -f localhost'], Interval: 30e9, Timeout: 5e9, Retries: 3 },
});

describe('the screen of the image', () => {
  it('says its names and platform', () => {
    expect(section(showing(factsFor(1)), 'Image')).toEqual([
      'reference test/image:latest',
      'source an archive',
      'platform linux/amd64',
      'created 2026-01-01 00:00',
    ]);
  });

  it('says how many layers have been verified', () => {
    const image = showing(factsFor(1));
    const { analysis } = image.open ?? {};
    if (analysis == null) throw new Error('nothing is open');
    const blobs = [{ digest: null, blobBytes: null, mismatches: [] }];
    const told = update(image, { type: 'layer', analysis, blobs }).state;
    expect(section(told, 'Digests')).toContain('layers 1 of 1 layer verified');
  });

  it('says of layers that nobody has verified why that is, and what would', () => {
    const said = (source: ImageFacts['source']) =>
      section(showing({ ...factsFor(1), source }), 'Digests').find((line) => line.startsWith('layers '));
    expect(said('store')).toContain(
      "layers not verified: read from the daemon's own files, which it verified when",
    );
    expect(said('docker')).toContain("layers not verified: read from the daemon's export");
    expect(said('archive')).toBe('layers not verified');
  });

  it('names in words what it is read from', () => {
    const said = (facts: Partial<ImageFacts>) =>
      section(showing({ ...factsFor(1), ...facts }), 'Image').find((line) => line.startsWith('source '));
    expect(said({ source: 'store' })).toBe("source the daemon's own files");
    expect(said({ source: 'docker' })).toBe("source the daemon's export");
    expect(said({ source: 'layout' })).toBe('source a layout');
    expect(said({ origin: 'standard-input' })).toBe('source standard input');
    expect(said({ origin: 'built-in' })).toBe('source built in');
  });

  it('says which daemon holds it', () => {
    const daemon = 'Docker 20.10.24 · overlay2 · unix:///var/run/docker.sock';
    expect(text(showing({ ...factsFor(1), daemon }))).toContain(`daemon ${daemon}`);
  });

  it('says how its containers start', () => {
    expect(section(showing(FULL), 'How its containers start')).toEqual([
      'user 1000',
      'directory /app',
      'entrypoint ["/init","a b"]',
      'command ["run"]',
      'ports 53/udp',
      '80/tcp',
      'volumes /data',
      'stop signal SIGQUIT',
      'healthcheck curl -f localhost, every 30 s, at most 5 s, 3 retries',
    ]);
  });

  it.each([
    [['NONE'], 'none'],
    [['CMD', 'curl', 'localhost'], '["curl","localhost"]'],
  ])('writes a healthcheck as it is given: %j', (Test, words) => {
    expect(text(showing(factsWith({ Healthcheck: { Test } })))).toContain(`healthcheck ${words}`);
  });

  it('lists the environment and the labels, one a line', () => {
    expect(section(showing(FULL), 'Environment')).toEqual(['PATH=/bin:/usr/bin', 'EMPTY=']);
    expect(section(showing(FULL), 'Labels')).toEqual(['org.example.version=1=2']);
  });

  it('leaves out what it knows nothing of', () => {
    const bare = text(showing(factsWith({})));
    for (const title of ['Environment', 'Labels', 'How its containers start'])
      expect(bare).not.toContain(title);
  });

  it('tells the whole history, with the instructions that made no layer, and every command in full', () => {
    const long = `RUN ${'echo something && '.repeat(20)}true`;
    const layers = [[file('a', 'x'.repeat(2000))], []];
    const state = after(opened(layers, { history: ['ADD base', '(ENV A=b)', long], size: SIZE }), 'image');
    const history = section(state, 'History');
    expect(history.slice(0, 2)).toEqual([
      '0 2.0 kB 2026-01-01 00:00 ADD base',
      'no layer 2026-01-01 00:00 ENV A=b',
    ]);
    expect(history[2]).toMatch(/^1 0 B 2026-01-01 00:00 RUN echo something/);
    expect(history.slice(2).join(' ')).toBe(`1 0 B 2026-01-01 00:00 ${long}`);
  });

  it('says the digests of the image, and of each layer and the blob that holds it', () => {
    const facts = factsWith({});
    const blobs = [{ digest: 'sha256:bb', blobBytes: 1234, mismatches: null }];
    const state = showing(facts);
    const read: State = { ...state, open: state.open && { ...state.open, blobs } };
    expect(section(read, 'Digests').slice(0, 2)).toEqual(['image ID sha256:id', 'manifest sha256:manifest']);
    const title = 'Layers by their diff IDs, and the blobs that hold them';
    expect(section(read, title)).toEqual(['0 sha256:aa', 'blob sha256:bb, 1 234 B']);
    const unnamed = [{ digest: null, blobBytes: 1234, mismatches: null }];
    const exported: State = { ...state, open: state.open && { ...state.open, blobs: unnamed } };
    expect(section(exported, title)).toEqual(['0 sha256:aa', 'blob of 1 234 B']);
    const same = [{ digest: 'sha256:aa', blobBytes: 1234, mismatches: null }];
    const plain: State = { ...state, open: state.open && { ...state.open, blobs: same } };
    expect(section(plain, title)).toEqual(['0 sha256:aa', 'blob of the same digest, 1 234 B']);
  });

  it('shows a digest of SHA-256 in one piece on 80 columns', () => {
    const digest = `sha256:${'a'.repeat(64)}`;
    const config = parseConfig({ rootfs: { diff_ids: [digest] } });
    const facts = factsOf({ source: 'docker', reference: null, id: null, digest: null }, config);
    expect(text(showing(facts, { columns: 80, rows: 100 }))).toContain(`0 ${digest}`);
  });

  it('has dive’s own figures once everything has been read', () => {
    const layers = [[file('a', 'xxxx'), file('b', 'y')], [file('a', 'zzzz')]];
    const whole = section(after(opened(layers, { size: SIZE }), 'image'), "dive's own figures");
    expect(whole).toEqual([
      'efficiency 55.6 %',
      'wasted 8 B, counted by its own rules',
      'user wasted 200.0 %',
    ]);
    const reading = after(opened(layers, { size: SIZE, read: 1 }), 'image');
    expect(section(reading, "dive's own figures")).toEqual([]);
  });

  it('stands in two columns where there is room, and says the same there', () => {
    const wide = showing(FULL, { columns: 200, rows: 60 });
    const lines = imageLines(wide, 58, UNICODE.glyphs).map(textOf);
    expect(new Set(lines.map(cells))).toEqual(new Set([200]));
    expect(lines[1]).toMatch(/Image .*History/);
    const words = (state: State): string[] => text(state).join(' ').split(' ').sort();
    expect(words(wide).join(' ').trim()).toBe(words(showing(FULL)).join(' ').trim());
  });

  it('is read through, keeps its place, and says where its ends are', () => {
    const state = showing(FULL, { columns: 80, rows: 24 });
    const moved = after(state, 'page-down');
    expect(moved.image.top).toBeGreaterThan(0);
    expect(after(moved, 'explore', 'image').image).toEqual(moved.image);
    expect(after(state, 'up').message).toBe('This is the first row.');
    expect(after(state, 'last', 'down').message).toBe('This is the last row.');
  });

  it('has an end, whatever an image lists', () => {
    const many = factsWith({ Env: Array.from({ length: 20_000 }, (_, index) => `V${index}=1`) });
    const state = showing(many);
    expect(imageLength(state)).toBeLessThan(6000);
    expect(screenText(after(state, 'last'))).toContain('sha256:aa');
  });
});

it("the key that asks for dive's figures of a huge image is called as its person has bound it", () => {
  const image = {
    facts: factsFor(1),
    blobs: [],
    verification: 'none',
    layerBytes: [1],
    dive: 'unasked',
    enterKey: 'o',
  } as const;
  expect(imageDetails(image, 100).map(textOf).join('\n')).toContain('  o reckons them');
});
