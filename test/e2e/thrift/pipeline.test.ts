import { tellStory } from '../../support/pipelineStory';

// The article's own way: thrift over UDP to the agent's port 6831.
tellStory({ exporter: 'jaeger', service: 'ai-inference', agentPort: 6831, otherLenses: [] });
