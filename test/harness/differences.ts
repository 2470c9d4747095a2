/** The lines that differ, numbered from 1, at most forty of them. */
export function differences(golden: string, actual: string): string {
  const [before, after] = [golden.split('\n'), actual.split('\n')];
  const rows = Array.from({ length: Math.max(before.length, after.length) }, (_, i) => i).filter(
    (i) => before[i] !== after[i],
  );
  const shown = rows.slice(0, 40).flatMap((i) => {
    const number = String(i + 1).padStart(4);
    return [
      ...(before[i] === undefined ? [] : [`${number} - ${before[i]}`]),
      ...(after[i] === undefined ? [] : [`${number} + ${after[i]}`]),
    ];
  });
  if (rows.length > 40) shown.push(`… and ${rows.length - 40} more lines`);
  return shown.join('\n');
}
