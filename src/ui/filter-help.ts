/** The syntax of filters, for the help and the README: what is typed, and what it finds. */
export const FILTER_HELP: readonly (readonly [term: string, help: string])[] = [
  ['text', 'paths whose last part has it; small letters find capitals too'],
  ['lib/gcc', 'with a slash it spans parts; **/lib/gcc/** is all below it'],
  ['*.so', 'a glob of the name: * ? [a-z] {a,b}'],
  ['/usr/**/*.so', 'with a slash in it, a glob of the whole path'],
  ['re:^/usr/.*', 'a regular expression, searched in the whole path'],
  ['>10M <=1.5k', 'files of such a size: k M G, or KiB MiB GiB'],
  ['is:added', 'also modified, content, metadata, removed, unchanged'],
  ['is:hidden', 'what later layers hide; also overwritten, repeated, deleted'],
  ['is:dir', 'also file, link, symlink, hardlink, device, fifo'],
  ['-term !term', 'what the term does not find'],
  ['"a b*"', 'text as it is; also after glob: and re:, "" is a quote'],
];

/** The syntax in one line, as long as nothing has been typed. */
export const FILTER_HINT = 'text  *.so  re:^/usr  >10M  is:added  -not  "a b"';
