/** Stands in for vscode.l10n.t: fills the placeholders of the English message, which must all be there. */
export function english(message: string, ...args: string[]): string {
  return message.replace(/\{(\d+)\}/g, (placeholder, index) => {
    const value = args[Number(index)];
    if (value === undefined) throw new Error(`“${message}” has nothing to fill ${placeholder} with`);
    return value;
  });
}
