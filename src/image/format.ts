const UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const;

/** Bytes as people read them, in powers of 1000 as registries and `docker images` count: `0 B`, `2.0 MB`, `547.1 MB`, `1.02 GB`. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  // 999 950 B would be rounded to 1000.0 kB.
  while (unit < UNITS.length - 1 && value >= (unit === 0 ? 1000 : 999.95)) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 ? value : value.toFixed(value < 9.995 && unit >= 3 ? 2 : 1)} ${UNITS[unit] ?? ''}`;
}

/** How many bytes more or less: `+2.0 MB`, `-1.1 kB`; nothing where as many. */
export function formatDelta(bytes: number): string {
  if (bytes === 0) return '';
  return `${bytes > 0 ? '+' : '-'}${formatBytes(Math.abs(bytes))}`;
}

/** As many digits of an ID as `docker images` prints. */
const SHORT_ID_DIGITS = 12;

/** `0123456789ab`: an ID as `docker images` prints it. */
export function formatId(id: string): string {
  return id.replace(/^sha256:/, '').slice(0, SHORT_ID_DIGITS);
}

/** Bytes to the last one, in groups of three: `2 000 000 B`. */
export function formatExactBytes(bytes: number): string {
  return `${String(bytes).replace(/\B(?=(\d{3})+$)/g, ' ')} B`;
}

/** A share of a whole: `20.5 %`; of nothing `0.0 %`. */
export function formatShare(part: number, whole: number): string {
  return formatPercent(whole === 0 ? 0 : part / whole);
}

export function formatPercent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

/** Permission bits the way `ls -l` writes them, without the type: `rwsr-xr-x`. */
export function formatMode(mode: number): string {
  const bits = Array.from('rwxrwxrwx', (letter, index) => (mode & (0o400 >> index) ? letter : '-'));
  const special = (at: number, bit: number, letter: string) => {
    if ((mode & bit) !== 0) bits[at] = bits[at] === 'x' ? letter : letter.toUpperCase();
  };
  special(2, 0o4000, 's');
  special(5, 0o2000, 's');
  special(8, 0o1000, 't');
  return bits.join('');
}

/** A moment as the screen writes it, in UTC: `2026-11-21 01:41`. An image may claim times that no calendar has. */
export function formatTime(date: Date): string {
  if (Number.isNaN(date.getTime())) return 'no time';
  return date.toISOString().slice(0, 16).replace('T', ' ');
}
