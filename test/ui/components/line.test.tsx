import { render } from 'ink-testing-library';
import { describe, expect, it } from 'vitest';
import { Line, Lines } from '../../../src/ui/components/line.tsx';
import { segment } from '../../../src/ui/text/segments.ts';
import { themeFor } from '../../../src/ui/theme.ts';

const THEME = themeFor({ palette: '16', unicode: true });
const MONO = themeFor({ palette: 'mono', unicode: true });
const ASCII = themeFor({ palette: 'mono', unicode: false });

describe('a line', () => {
  it('puts its segments side by side, each in the style of its role', () => {
    const { lastFrame } = render(<Line theme={THEME} line={[segment('+', 'added'), segment(' usr')]} />);
    expect(lastFrame()).toBe('\u001b[32m+\u001b[39m usr');
  });

  it('has no colour where there is none, but keeps what is bold', () => {
    const line = [segment('+', 'added'), segment(' usr', 'strong')];
    expect(render(<Line theme={MONO} line={line} />).lastFrame()).toBe('+\u001b[1m usr\u001b[22m');
  });

  it('keeps its width where only ASCII can be shown', () => {
    const line = [segment('größe 日本')];
    expect(render(<Line theme={ASCII} line={line} />).lastFrame()).toBe('gr??e ????');
  });

  it('says what its segments say next', () => {
    const { rerender, lastFrame } = render(<Line theme={MONO} line={[segment('one')]} />);
    rerender(<Line theme={MONO} line={[segment('two')]} />);
    expect(lastFrame()).toBe('two');
  });
});

describe('lines', () => {
  it('stand one below the other', () => {
    const lines = [[segment('first')], [segment('second')]];
    expect(render(<Lines theme={MONO} lines={lines} />).lastFrame()).toBe('first\nsecond');
  });
});
