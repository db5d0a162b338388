import type { Variables } from './runVariables';

/** The variables of a `.env` file: `NAME=value`, also after `export`, quoted or not. What is no such line is passed over. */
export function parseEnvFile(text: string): Variables {
  const variables: Record<string, string> = {};
  for (const line of text.replace(/^\ufeff/, '').split(/\r?\n/)) {
    const [, name, value = ''] = /^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    if (name !== undefined)
      variables[name] = /^(["'])(.*)\1/.exec(value)?.[2] ?? value.replace(/\s+#.*$/, '');
  }
  return variables;
}
