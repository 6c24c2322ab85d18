/** The three channels, 0 to 255, of a colour as `getComputedStyle` writes it: `rgb(12, 34, 56)`. */
export function readColour(text: string): number[] {
  const channels = /^rgb\((\d+), (\d+), (\d+)\)$/.exec(text);
  if (!channels) throw new Error(`No opaque colour: ${text}`);
  return channels.slice(1).map(Number);
}

/** How much two colours contrast, from 1 to 21, as WCAG 2 defines it. */
export function contrastOf(one: readonly number[], other: readonly number[]): number {
  const [darker, lighter] = [luminanceOf(one), luminanceOf(other)].sort((left, right) => left - right);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminanceOf(channels: readonly number[]): number {
  const [red, green, blue] = channels.map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
