import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import * as vscode from 'vscode';
import { newSpanId, newTraceId, postSpans } from '../../integration/otlpPost';

/** An inference to send: how long ago it ended, and how long it waited for its storage. */
export interface SentInference {
  readonly agoMs: number;
  readonly latencyMs: number;
  readonly prediction: string;
  readonly name?: string;
}

/** A port that nobody has. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : assert.fail();
}

/** Where Whyspan receives, read from what a user would copy. */
export async function receivedAt(): Promise<string> {
  await vscode.commands.executeCommand('whyspan.copyExporterSettings');
  const copied = await vscode.env.clipboard.readText();
  await vscode.commands.executeCommand('notifications.clearAll');
  return /OTLP_ENDPOINT=(\S+)/.exec(copied)?.[1] ?? assert.fail(copied);
}

/** Sends inferences with the spans of their storage and of their model. */
export async function sendInferences(url: string, inferences: readonly SentInference[]): Promise<void> {
  const nowUs = Date.now() * 1000;
  const spans = inferences.flatMap(({ agoMs, latencyMs, prediction, name = 'ai_inference_pipeline' }) => {
    const traceId = newTraceId();
    const spanId = newSpanId();
    const durationUs = (latencyMs + 10) * 1000;
    const startUs = nowUs - agoMs * 1000 - durationUs;
    const below = { service: 'drawn', traceId, parentSpanId: spanId };
    return [
      {
        ...{ service: 'drawn', name, traceId, spanId, startUs, durationUs },
        attributes: { storage_latency_ms: latencyMs, model_prediction: prediction },
      },
      { ...below, name: 'load_features', startUs, durationUs: latencyMs * 1000 },
      { ...below, name: 'run_model', startUs: startUs + latencyMs * 1000 + 2000, durationUs: 6000 },
    ];
  });
  await postSpans(url, spans);
}
