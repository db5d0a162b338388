import { randomBytes } from 'node:crypto';

/** What a webview's HTML is made of; nothing of it comes from outside the extension. */
export interface WebviewPage {
  readonly title: string;
  /** A BCP 47 tag. */
  readonly language: string;
  readonly cspSource: string;
  /** From `newNonce`, once per page. */
  readonly nonce: string;
  readonly scriptUri: string;
  readonly styleUri: string;
}

/** A nonce that cannot be guessed. */
export function newNonce(): string {
  return randomBytes(18).toString('base64url');
}

/** The HTML of a page that is built by its script: nothing may load but that script and that style sheet. */
export function webviewHtml(page: WebviewPage): string {
  const policy = `default-src 'none'; script-src 'nonce-${page.nonce}'; style-src ${page.cspSource}; base-uri 'none'; form-action 'none'`;
  return `<!DOCTYPE html>
<html lang="${escapeHtml(page.language)}">
<head>
  <meta charset="UTF-8">
  <meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy)}">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <link rel="stylesheet" href="${escapeHtml(page.styleUri)}">
  <title>${escapeHtml(page.title)}</title>
</head>
<body>
  <script nonce="${escapeHtml(page.nonce)}" src="${escapeHtml(page.scriptUri)}"></script>
</body>
</html>
`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => entities[character] ?? '');
}
