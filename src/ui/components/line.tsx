import { Box, Text } from 'ink';
import { memo } from 'react';
import type { Line as LineType, Segment } from '../text/segments.ts';
import { asciiOnly } from '../text/segments.ts';
import type { Theme } from '../theme.ts';

interface LineProps {
  readonly line: LineType;
  readonly theme: Theme;
}

/** One line of the screen. Its segments fill their width already: nothing is wrapped or measured anew. */
export const Line = memo(function Line({ line, theme }: LineProps) {
  return <Text wrap="truncate">{line.map((segment, index) => styled(segment, theme, index))}</Text>;
}, isSame);

/** Lines one below the other; each stays what it is while its text does. */
export function Lines({ lines, theme }: { readonly lines: readonly LineType[]; readonly theme: Theme }) {
  return (
    <Box flexDirection="column">
      {lines.map((line, row) => (
        <Line key={row} line={line} theme={theme} />
      ))}
    </Box>
  );
}

function styled({ text, role }: Segment, { styles, hasUnicode }: Theme, key: number) {
  return (
    <Text key={key} {...styles[role]}>
      {hasUnicode ? text : asciiOnly(text)}
    </Text>
  );
}

/** Lines are made anew with every frame, and nearly all of them say what they said before. */
function isSame(before: LineProps, after: LineProps): boolean {
  return (
    before.theme === after.theme &&
    before.line.length === after.line.length &&
    before.line.every((segment, index) => {
      const other = after.line[index];
      return segment.text === other?.text && segment.role === other.role;
    })
  );
}
