/** Rows as lines, their columns below one another; `paint` colours a cell that has its width already. */
export function tableText(
  rows: readonly (readonly string[])[],
  paint: (cell: string, column: number) => string,
): string {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, column) => {
      widths[column] = Math.max(widths[column] ?? 0, cell.length);
    });
  }
  return rows
    .map((row) => {
      const cells = row.map((cell, column) => {
        const isLast = column === row.length - 1;
        return paint(isLast ? cell : cell.padEnd(widths[column] ?? 0), column);
      });
      return `${cells.join('  ').trimEnd()}\n`;
    })
    .join('');
}
