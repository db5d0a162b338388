import { get } from 'node:http';

const longestAnswer = 1024;

/** Asks a program on this machine, which may be any. Answers the text of a 200; `undefined` for all else, also what is long or late. */
export function smallAnswer(
  port: number,
  path: string,
  timeoutMs: number,
  headers: Readonly<Record<string, string>> = {},
): Promise<string | undefined> {
  return new Promise((resolve) => {
    const options = { signal: AbortSignal.timeout(timeoutMs), agent: false, headers };
    const request = get(`http://127.0.0.1:${port}${path}`, options, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
        if (text.length > longestAnswer) request.destroy();
      });
      response.on('end', () => resolve(response.statusCode === 200 ? text : undefined));
      response.on('error', () => resolve(undefined));
      response.on('close', () => resolve(undefined));
    });
    request.on('error', () => resolve(undefined));
  });
}
