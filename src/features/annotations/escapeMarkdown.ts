import { cleanText } from '../../core/trace/cleanText';

/** Text from a trace as plain text in a table cell of Markdown. */
export function escapeMarkdown(text: string): string {
  return cleanText(text, 60).replace(
    /[\\`*_{}[\]()#+\-.!|<>&~$:@/]/g,
    (character) => `&#${character.charCodeAt(0)};`,
  );
}
