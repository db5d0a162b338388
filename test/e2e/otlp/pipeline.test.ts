import { tellStory } from '../../support/pipelineStory';

// Today's way: nested spans with `code.*` attributes by OTLP over HTTP.
tellStory({
  exporter: 'otlp',
  service: 'ai-inference-otlp',
  otherLenses: ['def perform_user_query', 'def measure_storage_latency', 'def run_model'],
});
