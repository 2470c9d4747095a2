import { Box, Text } from 'ink';
import { memo } from 'react';
import type { Line as LineType, Segment } from '../text/segments.ts';
import type { Styles } from '../theme.ts';

interface LineProps {
  readonly line: LineType;
  readonly styles: Styles;
}

/** One line of the screen. Its segments fill their width already: nothing is wrapped or measured anew. */
export const Line = memo(function Line({ line, styles }: LineProps) {
  return <Text wrap="truncate">{line.map((segment, index) => styled(segment, styles, index))}</Text>;
}, isSame);

/** Lines one below the other; each stays what it is while its text does. */
export function Lines({ lines, styles }: { readonly lines: readonly LineType[]; readonly styles: Styles }) {
  return (
    <Box flexDirection="column">
      {lines.map((line, row) => (
        <Line key={row} line={line} styles={styles} />
      ))}
    </Box>
  );
}

function styled({ text, role }: Segment, styles: Styles, key: number) {
  const style = styles[role];
  return (
    <Text key={key} {...style}>
      {text}
    </Text>
  );
}

/** Lines are made anew with every frame, and nearly all of them say what they said before. */
function isSame(before: LineProps, after: LineProps): boolean {
  return (
    before.styles === after.styles &&
    before.line.length === after.line.length &&
    before.line.every((segment, index) => {
      const other = after.line[index];
      return segment.text === other?.text && segment.role === other.role;
    })
  );
}
