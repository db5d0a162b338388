/** Diagonal lines as a fill, and the colour itself where there is no canvas to make them. */
export function hatch(context: CanvasRenderingContext2D, color: string): CanvasPattern | string {
  const ratio = window.devicePixelRatio || 1;
  const size = Math.round(8 * ratio);
  const tile = document.createElement('canvas');
  tile.width = tile.height = size;
  const brush = tile.getContext('2d');
  if (!brush) return color;
  brush.strokeStyle = color;
  brush.lineWidth = ratio;
  brush.beginPath();
  for (const shift of [-size, 0, size]) {
    brush.moveTo(shift, size);
    brush.lineTo(shift + size, 0);
  }
  brush.stroke();
  const pattern = context.createPattern(tile, 'repeat');
  pattern?.setTransform(new DOMMatrix().scale(1 / ratio));
  return pattern ?? color;
}
