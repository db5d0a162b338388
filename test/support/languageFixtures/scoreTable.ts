import { precisionOf, recallOf, type Score } from './score';

const header =
  '| Language | Expected | Right | Wrong | Missing | Precision | Recall |\n|---|--:|--:|--:|--:|--:|--:|';
const begin = '<!-- measured: WHYSPAN_WRITE_TABLE=1 npm run check writes it -->';
const end = '<!-- end of what is measured -->';

/** The table of scores as it stands in a README. */
export function scoreTable(scores: readonly (readonly [language: string, score: Score])[]): string {
  const rows = scores.map(([language, score]) => {
    const { expected, right, wrong, knownWrong } = score;
    const counts = [expected, right, wrong.length + knownWrong.length, expected - right];
    const cells = [language, ...counts, precisionOf(score).toFixed(3), recallOf(score).toFixed(3)];
    return `| ${cells.join(' | ')} |`;
  });
  return [begin, header, ...rows, end].join('\n');
}

/** A README with another table. Throws when it has none. */
export function withTable(readme: string, table: string): string {
  const [from, to] = [readme.indexOf(begin), readme.indexOf(end)];
  if (from < 0 || to < from) throw new Error('the README has no place for the table');
  return readme.slice(0, from) + table + readme.slice(to + end.length);
}
