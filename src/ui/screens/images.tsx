import { Box, Text } from 'ink';
import SelectInput, { type IndicatorProps, type ItemProps } from 'ink-select-input';
import { formatBytes, formatTime } from '../../image/format.ts';
import type { ListedImage } from '../../image/listed-image.ts';
import { withTag } from '../../image/reference.ts';
import { visible } from '../../image/text.ts';
import { imageRows } from '../../state/layout.ts';
import { pickerImages, pickerTop } from '../../state/picker-selectors.ts';
import type { State } from '../../state/state.ts';
import { labelIn } from '../key-action.ts';
import type { Keymap } from '../keymap.ts';
import { asciiOnly, fit, fitValue, wrap } from '../text/segments.ts';
import type { ScreenProps } from './props.ts';

const SIZE = 10;
const CREATED = 18;
const PLATFORM = 16;

/**
 * The images to choose from. The cursor is the state's, as everywhere, because the list must not take letters for
 * commands while a filter is typed: SelectInput draws the window of rows around it and is given no keys.
 */
export function Images({ state, theme, keymap, rows }: ScreenProps) {
  const images = pickerImages(state);
  const { cursor } = state.picker;
  const { ellipsis } = theme.glyphs;
  const name = state.size.columns - SIZE - CREATED - PLATFORM - 4;
  const limit = imageRows(state.size);
  const labelOf = ({ reference, bytes, created, platform, isAbsent = false }: ListedImage) =>
    fit(visible(reference), name, ellipsis) +
    fitValue(isAbsent ? 'not here' : bytes === null ? '' : formatBytes(bytes), SIZE, ellipsis) +
    fitValue(created === null ? '' : formatTime(new Date(created * 1000)), CREATED, ellipsis) +
    fit(`  ${visible(platform ?? '')}`, PLATFORM, ellipsis);
  // A daemon may have thousands: no more of them are put into words than are seen.
  const first = pickerTop(state);
  const items = images.slice(first, first + limit).map((image) => ({
    key: image.key ?? image.reference,
    label: labelOf(image),
    value: image.key ?? image.reference,
  }));
  return (
    <Box flexDirection="column" height={rows}>
      <Text {...theme.styles.dim} wrap="truncate">
        {`   ${'image'.padEnd(name)}${'size'.padStart(SIZE)}${'created'.padStart(CREATED)}  platform`}
      </Text>
      <SelectInput
        key={`${cursor} ${state.picker.filter} ${images.length} ${limit}`}
        items={items}
        limit={limit}
        initialIndex={cursor - first}
        isFocused={false}
        indicatorComponent={({ isSelected = false }: IndicatorProps) => (
          <Text {...theme.styles.strong}>{isSelected ? ` ${theme.glyphs.cursor} ` : '   '}</Text>
        )}
        itemComponent={({ isSelected = false, label }: ItemProps) => (
          <Text wrap="truncate" {...(isSelected ? theme.styles.selected : theme.styles.plain)}>
            {theme.hasUnicode ? label : asciiOnly(label)}
          </Text>
        )}
      />
      <Text />
      {messagesOf(state, images.length, keymap).map((text) => (
        <Text key={text} {...theme.styles.dim} wrap="truncate">{`   ${text}`}</Text>
      ))}
    </Box>
  );
}

function messagesOf(state: State, count: number, keymap: Keymap): string[] {
  const { picker, size } = state;
  const back = labelIn(keymap, state, 'back');
  const { images, place, problem, filter } = picker;
  if (images === null) return ['Asking the daemon for its images.'];
  return [
    ...(count === 0 ? [`No image is called ${visible(filter)}: ${back} clears the filter.`] : []),
    ...(place === null
      ? []
      : wrap(`${visible(place)} ${severalText(place, images)}: choose one.`, size.columns - 6)),
    ...(problem === null ? [] : wrap(problem, size.columns - 6)),
  ];
}

/** A daemon's image is called like the place itself. */
function severalText(place: string, images: readonly ListedImage[]): string {
  const isOneImage = images.every(({ reference }) => withTag(place).endsWith(reference));
  return isOneImage ? 'is there for several platforms' : 'holds several images';
}
