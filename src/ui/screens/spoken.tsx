import { Box, Text } from 'ink';
import type { State } from '../../state/state.ts';
import type { Keymap } from '../keymap.ts';
import { spokenLines } from '../spoken.ts';
import type { Theme } from '../theme.ts';

interface SpokenProps {
  readonly state: State;
  readonly theme: Theme;
  readonly keymap: Keymap;
}

/** The screen for a screen reader: what the cursor is on, in plain lines, without borders, bars and columns. */
export function Spoken({ state, theme, keymap }: SpokenProps) {
  return (
    <Box flexDirection="column">
      {spokenLines(state, theme.glyphs, keymap).map((line, row) => (
        <Text key={row}>{line}</Text>
      ))}
    </Box>
  );
}
