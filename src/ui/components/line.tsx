import { Box, Transform } from 'ink';
import { type Line as LineType, widthOf } from '../text/segments.ts';
import { styledLine } from '../text/styled.ts';
import type { Theme } from '../theme.ts';

/** One line of the screen. */
export function Line({ line, theme }: { readonly line: LineType; readonly theme: Theme }) {
  return <Lines lines={[line]} theme={theme} />;
}

/**
 * Lines one below the other, all as wide as the first. Their segments fill their width already: nothing is wrapped or
 * measured anew. Ink lays out a dot for each line, which becomes the line when it is drawn: what a `<Text>` holds Ink
 * would read character by character three times over at each key, what a `<Transform>` makes of it but once.
 */
export function Lines({ lines, theme }: { readonly lines: readonly LineType[]; readonly theme: Theme }) {
  const [first = []] = lines;
  return (
    <Box width={widthOf(first)} height={lines.length} flexShrink={0}>
      <Transform transform={(_dot, row) => styledLine(lines[row] ?? [], theme)}>
        {lines.map(() => '.').join('\n')}
      </Transform>
    </Box>
  );
}
