/**
 * Text from outside for a notification. VS Code makes links, also ones that run commands, of `[label](command:…)` in
 * it; a space in between keeps it text.
 */
export function withoutLinks(text: string): string {
  return text.replaceAll('](', '] (');
}
