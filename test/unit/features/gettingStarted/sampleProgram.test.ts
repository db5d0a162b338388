import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { sampleProgram } from '../../../../src/features/gettingStarted/sampleProgram';
import { readText } from '../../architecture/repository';

const shipped = readText('media/walkthrough/whyspan_story.py');

describe('the sample program', () => {
  it('sends to where the window receives', () => {
    const text = sampleProgram(shipped, 'http://127.0.0.1:14318');
    assert.match(text, /setdefault\("OTEL_EXPORTER_OTLP_ENDPOINT", "http:\/\/127\.0\.0\.1:14318"\)/);
    assert.doesNotMatch(text, /:4318/);
  });

  it('is as it was shipped where nothing is received', () => {
    assert.equal(sampleProgram(shipped, undefined), shipped);
  });

  it('sets what the defaults of the settings look for', () => {
    for (const name of ['"ai_inference_pipeline"', '"storage_latency_ms"', '"model_prediction"'])
      assert.ok(shipped.includes(name), name);
  });
});
