// Where an image's bytes come from, in words for people.

/** The kind of place an image comes from, as the report names it. */
export type SourceKind = 'docker' | 'store' | 'archive' | 'layout';

/** What an archive is read from that is no file. */
export type Origin = 'standard-input' | 'built-in';

const SOURCES: Readonly<Record<SourceKind, string>> = {
  docker: "the daemon's export",
  store: "the daemon's own files",
  archive: 'an archive',
  layout: 'a layout',
};

const ORIGINS: Readonly<Record<Origin, string>> = {
  'standard-input': 'standard input',
  'built-in': 'built in',
};

/** What is known of it. */
interface Whence {
  readonly source: SourceKind;
  readonly origin?: Origin;
}

/** `the daemon's own files`, `standard input`: the place that an image is read from. */
export function sourceText({ source, origin }: Whence): string {
  return origin === undefined ? SOURCES[source] : ORIGINS[origin];
}

/** Why nobody has held an image's layers against their digests, and what would. */
export function unverifiedText({ source }: Whence): string {
  switch (source) {
    case 'store':
      return "not verified: read from the daemon's own files, which it verified when it stored them; --verify exports and verifies";
    case 'docker':
      return "not verified: read from the daemon's export, made of what it has stored; --verify verifies it";
    case 'archive':
    case 'layout':
      return 'not verified';
  }
}
