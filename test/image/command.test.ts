import { describe, expect, it } from 'vitest';
import { instructionText, shortCommand } from '../../src/image/command.ts';

describe('the command of a layer', () => {
  it('of the classic builder loses the shell that was never called', () => {
    expect(shortCommand('/bin/sh -c #(nop)  CMD ["bash"]')).toBe('CMD ["bash"]');
    expect(shortCommand('/bin/sh -c #(nop) ADD file:5f1c in / ')).toBe('ADD file:5f1c in /');
  });

  it('of the classic builder is a RUN where the shell was called', () => {
    expect(shortCommand('/bin/sh -c apt-get update')).toBe('RUN apt-get update');
  });

  it('of BuildKit loses its signature', () => {
    expect(shortCommand('ENV LANG=C.UTF-8')).toBe('ENV LANG=C.UTF-8');
    expect(shortCommand('COPY . . # buildkit')).toBe('COPY . .');
    expect(shortCommand('RUN /bin/sh -c apt-get update # buildkit')).toBe('RUN apt-get update');
  });

  it('keeps what only looks like a signature', () => {
    expect(shortCommand('RUN /bin/sh -c echo "# buildkit" > a')).toBe('RUN echo "# buildkit" > a');
  });

  it('loses the build arguments that stand before the shell', () => {
    expect(shortCommand('|1 X=y /bin/sh -c make')).toBe('RUN make');
    expect(shortCommand('RUN |2 A=1 B=two words /bin/sh -c make # buildkit')).toBe('RUN make');
  });

  it.each([
    ['/bin/bash -c make', 'RUN make'],
    ['/bin/sh -ec make', 'RUN make'],
    ['/bin/bash -ex -o pipefail -c make', 'RUN make'],
    ['RUN /bin/bash -o pipefail -c make # buildkit', 'RUN make'],
    ['/bin/bash -o pipefail -c make', 'RUN make'],
  ])('loses a shell that was chosen with SHELL: %s', (createdBy, command) => {
    expect(shortCommand(createdBy)).toBe(command);
  });

  it('keeps a shell that is an argument, not the builder’s', () => {
    expect(shortCommand('CMD ["/bin/sh" "-c" "x"]')).toBe('CMD ["/bin/sh" "-c" "x"]');
    expect(shortCommand('/bin/sh -c make && /bin/sh -c test')).toBe('RUN make && /bin/sh -c test');
  });

  it('stands on one line', () => {
    expect(shortCommand('/bin/sh -c set -ex;\n\tmake \\\n    install')).toBe('RUN set -ex; make \\ install');
  });

  it('is the beginning of one that nobody reads to its end', () => {
    expect(shortCommand(`RUN ${'x'.repeat(1_000_000)}`)).toBe(`RUN ${'x'.repeat(16_380)}`);
    expect(shortCommand(' '.repeat(5_000_000))).toBe('');
    expect(shortCommand(`COPY a${' '.repeat(10_000)}# buildkit`)).toBe('COPY a');
  });

  it('is empty when nobody knows it', () => {
    expect(shortCommand(null)).toBe('');
    expect(shortCommand('')).toBe('');
  });
});

describe('an instruction without a command', () => {
  it('shows what its builder said of it', () => {
    expect(instructionText({ createdBy: null, comment: 'Imported from -' })).toBe('Imported from -');
    expect(instructionText({ createdBy: 'RUN make', comment: 'buildkit.dockerfile.v0' })).toBe('RUN make');
    expect(instructionText({ createdBy: '', comment: 'in\ntwo lines' })).toBe('in two lines');
    expect(instructionText({ createdBy: null })).toBe('');
  });
});
