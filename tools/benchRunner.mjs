// @ts-check
// Runs one bundled benchmark in a process of its own and prints what it measured on one line; see bench.mjs.
import { pathToFileURL } from 'node:url';

const module = await import(pathToFileURL(process.argv[2] ?? '').href);
const bench = module.bench ?? module.default?.bench;
if (typeof bench !== 'function') throw new Error(`${process.argv[2]} exports no function "bench"`);
console.log(`bench-result ${JSON.stringify(await bench())}`);
process.exit(0);
