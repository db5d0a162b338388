import { always, byValue, type Convention } from './convention';

/**
 * Calls of models. Sources: OpenTelemetry's semantic conventions for generative AI (registry attributes gen_ai.*; `gen_ai.system` until
 * 1.36, `gen_ai.provider.name` since), OpenInference (spec/semantic_conventions.md), OpenLLMetry (`llm.request.type`), MLflow (`mlflow.spanType`,
 * JSON text), vLLM (vllm/tracing: `llm_request` with gen_ai.latency.*), Triton (docs/user_guide/trace.md: spans of a model and `compute` below).
 */
export const modelConventions: readonly Convention[] = [
  byValue('openinference.span.kind', {
    llm: 'model',
    embedding: 'model',
    reranker: 'model',
    retriever: 'storage',
    chain: 'application',
    agent: 'application',
    tool: 'application',
    prompt: 'application',
  }),
  byValue('gen_ai.operation.name', {
    chat: 'model',
    text_completion: 'model',
    generate_content: 'model',
    embeddings: 'model',
    retrieval: 'storage',
    execute_tool: 'application',
    create_agent: 'application',
    invoke_agent: 'application',
    invoke_workflow: 'application',
  }),
  byValue('llm.request.type', {
    chat: 'model',
    completion: 'model',
    embedding: 'model',
    rerank: 'model',
  }),
  byValue('mlflow.spanType', {
    '"llm"': 'model',
    '"chat_model"': 'model',
    '"embedding"': 'model',
    '"reranker"': 'model',
    '"retriever"': 'storage',
  }),
  ...always('model', 'gen_ai.latency.e2e', 'triton.model_name', 'gen_ai.system', 'gen_ai.provider.name'),
];
