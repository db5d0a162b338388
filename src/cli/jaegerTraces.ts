import type { DecodeProblem } from '../core/decode/decodeProblem';
import type { Trace } from '../core/trace/trace';
import type { JaegerClient } from '../sources/jaegerClient';
import type { CliIo } from './cliIo';
import { exitCodes, failingWith } from './exitCode';
import { jaegerConnection } from './jaegerConnection';
import type { LoadedTraces } from './loadTraces';
import type { CliOptions } from './parseCommand';

const timeoutMs = 30_000;
const defaultLimit = 20;

/** The newest traces of a Jaeger, of some of its services or of all. The limit counts for each service, and for all together. */
export function searchJaeger(url: string, options: CliOptions, io: CliIo): Promise<LoadedTraces> {
  return failingWith(exitCodes.sourceFailed, async () => {
    const client = await connect(url, options, io);
    const { signal } = new AbortController();
    const byId = new Map<string, Trace>();
    const problems: DecodeProblem[] = [];
    const cutServices: string[] = [];
    const services = options.services.length > 0 ? options.services : await client.services(signal);
    const limit = options.limit ?? defaultLimit;
    const endUs = io.nowMs() * 1000;
    for (const service of services) {
      const search = { service, startUs: endUs - options.lookbackUs, endUs, limit };
      const answer = await client.search(search, signal);
      // Each search answers whole traces, so a trace of two services comes twice.
      for (const trace of answer.traces) byId.set(trace.traceId, trace);
      for (const problem of answer.problems) problems.push(problem);
      if (answer.isSample) cutServices.push(service);
    }
    const newest = [...byId.values()].sort((a, b) => b.startTimeUs - a.startTimeUs).slice(0, limit);
    return { traces: newest, problems, moreProblems: 0, cutServices };
  });
}

/** One trace of a Jaeger. */
export function traceOfJaeger(
  { url, traceId }: { readonly url: string; readonly traceId: string },
  options: CliOptions,
  io: CliIo,
): Promise<LoadedTraces> {
  return failingWith(exitCodes.sourceFailed, async () => {
    const client = await connect(url, options, io);
    const answer = await client.trace(traceId, { signal: new AbortController().signal });
    return { ...answer, moreProblems: 0 };
  });
}

async function connect(url: string, options: CliOptions, io: CliIo): Promise<JaegerClient> {
  const { connection, secret } = await jaegerConnection(url, options.access, io.env);
  // The client is a bundle of its own: commands on files do without it.
  const { createClient } = await import('../sources/jaegerSource');
  return createClient({ connection, credentials: { readSecret: () => Promise.resolve(secret) }, timeoutMs });
}
