// The sample image's layers: a small shop, built the way images are really built, with every kind of waste in it.
// Times, owners and contents are fixed, so that the image is the same each time it is made.

/** A tar entry to be written. A string as content is that text; a number is so many bytes that repeat nothing. */
export interface SampleEntry {
  readonly path: string;
  readonly type?: 'directory' | 'symlink' | 'link' | 'fifo' | 'character-device';
  readonly content?: string | number;
  /** Seed of a content given as a number: the same seed and length give the same bytes. */
  readonly seed?: number;
  readonly mode?: number;
  readonly owner?: number;
  readonly link?: string;
  /** Seconds after the image's first moment. */
  readonly at?: number;
}

/** An instruction; one without entries makes no layer. */
export interface SampleStep {
  readonly createdBy: string;
  readonly entries?: readonly SampleEntry[];
}

const directory = (path: string, mode = 0o755): SampleEntry => ({ path, type: 'directory', mode });
const whiteout = (directoryPath: string, name: string): SampleEntry => ({
  path: `${directoryPath}/.wh.${name}`,
});

const DATA = Array.from({ length: 40 }, (_, index): SampleEntry => ({
  path: `app/data/f${index + 1}`,
  content: 20_000,
  seed: 100 + index,
}));

const LIBRARIES = ['c', 'm', 'ssl', 'crypto', 'z', 'stdc++'].map((name, index): SampleEntry => ({
  path: `usr/lib/lib${name}.so.${index + 1}`,
  content: 60_000 + index * 35_000,
  seed: 10 + index,
}));

const BASE: readonly SampleEntry[] = [
  ...[
    'bin',
    'dev',
    'etc',
    'tmp',
    'usr',
    'usr/bin',
    'usr/lib',
    'usr/share',
    'usr/share/doc',
    'var',
    'var/lib',
  ].map((path) => directory(path, path === 'tmp' ? 0o1777 : 0o755)),
  ...LIBRARIES,
  { path: 'bin/busybox', content: 640_000, seed: 1, mode: 0o755 },
  { path: 'bin/sh', type: 'link', link: 'bin/busybox' },
  { path: 'bin/ls', type: 'link', link: 'bin/busybox' },
  { path: 'usr/bin/passwd', content: 34_000, seed: 2, mode: 0o4755 },
  { path: 'usr/lib/libssl.so', type: 'symlink', mode: 0o777, link: 'libssl.so.3' },
  { path: 'etc/os-release', content: 'NAME="peel sample"\nID=sample\nVERSION_ID="1"\n' },
  { path: 'etc/passwd', content: 'root:x:0:0:root:/root:/bin/sh\napp:x:1000:1000::/app:/bin/sh\n' },
  { path: 'etc/motd', content: 'Welcome.\n' },
  { path: 'dev/null', type: 'character-device', mode: 0o666 },
  { path: 'usr/share/doc/copyright', content: 18_000, seed: 3 },
  { path: 'usr/share/doc/copyright.old', content: 18_000, seed: 3 },
  directory('var/lib/apt'),
  directory('var/lib/apt/lists'),
  { path: 'var/lib/apt/lists/main_binary-amd64_Packages', content: 480_000, seed: 4 },
];

export const SAMPLE_STEPS: readonly SampleStep[] = [
  { createdBy: '/bin/sh -c #(nop) ADD file:5f1c1a5e2b in / ', entries: BASE },
  { createdBy: 'ENV LANG=C.UTF-8' },
  {
    createdBy: 'RUN /bin/sh -c apt-get update && apt-get upgrade -y # buildkit',
    entries: [
      { path: 'usr/lib/libssl.so.3', content: 132_000, seed: 20, at: 60 },
      { path: 'usr/lib/libcrypto.so.4', content: 168_000, seed: 21, at: 60 },
      { path: 'etc/motd', content: 'Welcome, upgraded.\n', at: 60 },
      { path: 'var/lib/apt/lists/main_i18n_Translation-en', content: 320_000, seed: 5, at: 60 },
    ],
  },
  { createdBy: 'WORKDIR /app', entries: [directory('app')] },
  {
    createdBy: 'COPY . . # buildkit',
    entries: [
      directory('app'),
      {
        path: 'app/server.js',
        content: "import { shop } from './shop.js';\n\nshop.listen(8080);\n",
        at: 120,
      },
      {
        path: 'app/package.json',
        content: '{ "name": "shop", "version": "1.4.0", "type": "module" }\n',
        at: 120,
      },
      directory('app/node_modules'),
      directory('app/node_modules/left-pad'),
      { path: 'app/node_modules/left-pad/index.js', content: 42_000, seed: 30, at: 120 },
      directory('app/node_modules/.cache'),
      { path: 'app/node_modules/.cache/babel.json', content: 260_000, seed: 31, at: 120 },
      directory('app/assets'),
      { path: 'app/assets/logo.svg', content: 24_000, seed: 32, at: 120 },
      { path: 'app/assets/größe – 日本語.txt', content: 'names are bytes\n', at: 120 },
      { path: 'app/assets/tab\tand\u001b[31mred', content: 'shown, never sent\n', at: 120 },
      { path: 'app/config', content: 'port=8080\n', at: 120 },
    ],
  },
  {
    createdBy:
      'RUN /bin/sh -c mkdir -p /app/data && for i in $(seq 1 40); do head -c 20000 /dev/urandom > /app/data/f$i; done # buildkit',
    entries: [directory('app/data'), ...DATA],
  },
  {
    createdBy: 'RUN /bin/sh -c chown -R 1000:1000 /app/data # buildkit',
    entries: [{ ...directory('app/data'), owner: 1000 }, ...DATA.map((entry) => ({ ...entry, owner: 1000 }))],
  },
  {
    createdBy: 'COPY . . # buildkit',
    entries: [
      // The same file again, touched; one that comes twice; a file where a directory was, and the other way round.
      { path: 'app/assets/logo.svg', content: 24_000, seed: 32, at: 300 },
      { path: 'app/server.js', content: 'a first version, replaced within the layer\n', at: 300 },
      { path: 'app/server.js', content: "import { shop } from './shop.js';\n\nshop.listen(80);\n", at: 301 },
      { path: 'app/node_modules/.cache', content: 'cleared\n', at: 300 },
      directory('app/config'),
      { path: 'app/config/default.ini', content: 'port=80\n', at: 300 },
      { path: 'app/current', type: 'symlink', mode: 0o777, link: 'data/f3' },
      { path: 'app/events', type: 'fifo' },
    ],
  },
  {
    createdBy:
      'RUN /bin/sh -c rm -rf /var/lib/apt/lists/* /app/data/f1 /app/data/f2 && chmod 700 /usr/bin/passwd # buildkit',
    entries: [
      directory('var/lib/apt/lists'),
      { path: 'var/lib/apt/lists/.wh..wh..opq' },
      whiteout('app/data', 'f1'),
      whiteout('app/data', 'f2'),
      { path: 'usr/bin/passwd', content: 34_000, seed: 2, mode: 0o700 },
    ],
  },
  { createdBy: 'USER 1000' },
  { createdBy: 'CMD ["node", "/app/server.js"]' },
];
