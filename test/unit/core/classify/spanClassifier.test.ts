import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import type { ClassifyRule } from '../../../../src/core/classify/classifyRule';
import type { OwnClass } from '../../../../src/core/classify/spanClass';
import { SpanClassifier } from '../../../../src/core/classify/spanClassifier';
import { type AttributeValue, type SpanKind, spanKinds } from '../../../../src/core/trace/span';

interface Draft {
  readonly name?: string;
  readonly service?: string;
  readonly kind?: SpanKind;
  readonly attributes?: Readonly<Record<string, AttributeValue>>;
}

function classOf(draft: Draft, rules: readonly ClassifyRule[] = []): OwnClass {
  const { name = 'work', service = 'svc', kind = 'internal', attributes = {} } = draft;
  const attributesIn = (keys: ReadonlySet<string>) =>
    Object.entries(attributes).filter(([key]) => keys.has(key));
  return new SpanClassifier(rules).ownClass({ name, service, kind, attributesIn });
}

const client = (attributes: Draft['attributes'], name = 'call'): Draft => ({
  name,
  kind: 'client',
  ...(attributes ? { attributes } : {}),
});

/** Attributes as instrumentations write them, cut to what says something. */
const sets: Readonly<Record<string, readonly [as: OwnClass, draft: Draft]>> = {
  'botocore, S3': [
    'storage',
    client({
      ...{ 'rpc.system': 'aws-api', 'rpc.service': 'S3', 'rpc.method': 'GetObject' },
      ...{
        'aws.region': 'eu-central-1',
        'server.address': 's3.eu-central-1.amazonaws.com',
        'server.port': 443,
      },
    }),
  ],
  'RPC conventions since 1.39, S3': [
    'storage',
    client({ 'rpc.system.name': 'aws-api', 'rpc.method': 'S3/GetObject' }),
  ],
  'Java SDK, S3': [
    'storage',
    client({ 'rpc.system': 'aws-api', 'rpc.service': 'S3', 'aws.s3.bucket': 'features' }),
  ],
  'X-Ray receiver, S3': ['storage', client({ 'aws.service': 'Amazon S3' })],
  'SDK, DynamoDB': ['storage', client({ 'rpc.system': 'aws-api', 'rpc.service': 'DynamoDB' })],
  'SDK, SQS': ['queue', client({ 'rpc.system': 'aws-api', 'rpc.service': 'SQS' })],
  'SDK, Bedrock': ['model', client({ 'rpc.system': 'aws-api', 'rpc.service': 'Bedrock Runtime' })],
  'HTTP to S3, virtual host': [
    'storage',
    client({ 'url.full': 'https://bucket.s3.eu-west-1.amazonaws.com/k' }),
  ],
  'HTTP to S3, old words': ['storage', client({ 'http.url': 'https://s3.amazonaws.com/bucket/key' })],
  'HTTP to an S3 of one’s own, JavaScript SDK': [
    'storage',
    client({ 'url.full': 'http://10.0.0.7:9000/features/a?x-id=GetObject' }),
  ],
  'HTTP to MinIO by its name': ['storage', client({ 'http.url': 'http://minio:9000/features/a' })],
  'HTTP to Google Cloud Storage': ['storage', client({ 'server.address': 'storage.googleapis.com' })],
  'HTTP to Azure Blob': ['storage', client({ 'net.peer.name': 'acct.blob.core.windows.net' })],
  'HTTP to Hugging Face': ['storage', client({ 'url.full': 'https://cdn-lfs.huggingface.co/w.safetensors' })],
  'HTTP to OpenAI': ['model', client({ 'url.full': 'https://api.openai.com/v1/chat/completions' })],
  'HTTP to somebody': [
    'call',
    client({ 'url.full': 'https://example.com/s3/file', 'http.request.method': 'GET' }),
  ],
  'PostgreSQL, old': ['storage', client({ 'db.system': 'postgresql', 'db.statement': 'SELECT 1' })],
  'PostgreSQL, stable': ['storage', client({ 'db.system.name': 'postgresql', 'db.query.text': 'SELECT 1' })],
  Redis: ['storage', client({ 'db.system': 'redis', 'net.peer.name': 'cache', 'db.statement': 'GET ?' })],
  Memcached: ['storage', client({ 'db.system': 'memcached' })],
  'Pinecone (OpenLLMetry)': ['storage', client({ 'db.system': 'pinecone', 'db.operation': 'query' })],
  'Qdrant over gRPC': ['storage', client({ 'rpc.system': 'grpc', 'rpc.service': 'qdrant.Points' })],
  Milvus: ['storage', client({ 'db.system': 'milvus', 'db.milvus.query.expr': '?' })],
  Weaviate: ['storage', client({ 'db.system.name': 'weaviate' })],
  Chroma: ['storage', { attributes: { 'db.system': 'chroma', 'db.operation': 'query' } }],
  'Feast over gRPC': ['storage', client({ 'rpc.service': 'feast.serving.ServingService' })],
  'a file': ['storage', { attributes: { 'file.path': '/models/w.bin' } }],
  'an upload that a server takes': [undefined, { kind: 'server', attributes: { 'file.name': 'cat.png' } }],
  'Azure SDK': ['storage', client({ 'az.namespace': 'Microsoft.Storage' })],
  'gen_ai, today': [
    'model',
    client({ 'gen_ai.operation.name': 'chat', 'gen_ai.provider.name': 'openai' }, 'chat gpt-4o'),
  ],
  'gen_ai, old': ['model', client({ 'gen_ai.system': 'openai', 'gen_ai.request.model': 'gpt-4' })],
  'gen_ai embeddings': ['model', client({ 'gen_ai.operation.name': 'embeddings' })],
  'gen_ai tool': [
    'application',
    { attributes: { 'gen_ai.operation.name': 'execute_tool', 'gen_ai.system': 'x' } },
  ],
  'gen_ai agent, which names its provider': [
    'application',
    client({ 'gen_ai.provider.name': 'openai', 'gen_ai.operation.name': 'invoke_agent' }),
  ],
  'gen_ai retrieval': ['storage', client({ 'gen_ai.operation.name': 'retrieval' })],
  'OpenInference LLM': [
    'model',
    { attributes: { 'openinference.span.kind': 'LLM', 'llm.model_name': 'gpt-4o' } },
  ],
  'OpenInference retriever': ['storage', { attributes: { 'openinference.span.kind': 'RETRIEVER' } }],
  'OpenInference chain': [
    'application',
    { name: 'predict', attributes: { 'openinference.span.kind': 'CHAIN' } },
  ],
  MLflow: ['model', { attributes: { 'mlflow.spanType': '"CHAT_MODEL"' } }],
  vLLM: [
    'model',
    {
      name: 'llm_request',
      kind: 'server',
      attributes: { 'gen_ai.latency.e2e': 1.2, 'gen_ai.request.id': 'r' },
    },
  ],
  'vLLM loads weights': ['storage', { name: 'Load weights' }],
  Triton: ['model', { name: 'resnet', attributes: { 'triton.model_name': 'resnet' } }],
  'KServe over gRPC': ['model', client({ 'rpc.service': 'inference.GRPCInferenceService' })],
  'Kafka, sent': [
    'queue',
    { kind: 'producer', attributes: { 'messaging.system': 'kafka', 'messaging.operation': 'publish' } },
  ],
  'Kafka, waited for': [
    'queue',
    client({ 'messaging.system': 'kafka', 'messaging.operation.type': 'receive' }),
  ],
  'Kafka, worked on': [
    'application',
    { kind: 'consumer', attributes: { 'messaging.system': 'kafka', 'messaging.operation.type': 'process' } },
  ],
  'Celery, worked on': [
    'application',
    { kind: 'consumer', attributes: { 'celery.action': 'run', 'messaging.destination': 'celery' } },
  ],
  'the sample’s features': ['storage', client({ 'db.system': 's3' }, 'load_features')],
  'the sample’s model': ['model', { name: 'run_model' }],
  'a model that is loaded': ['storage', { name: 'load_model' }],
  'torch.load': ['storage', { name: 'torch.load' }],
  'S3.GetObject without attributes': ['storage', client(undefined, 'S3.GetObject')],
  'a wait by its name': ['queue', { name: 'queue.wait' }],
  'an unknown client': ['call', client(undefined)],
  'an unknown server': [undefined, { kind: 'server', attributes: { 'http.url': 'http://example.com/' } }],
  'unknown work': [undefined, { name: 'decode_image' }],
};

describe('the classifier of spans', () => {
  for (const [what, [as, draft]] of Object.entries(sets))
    it(`takes ${what} for ${as ?? 'nothing'}`, () => assert.equal(classOf(draft), as));

  it('takes the same for the same, in whatever order attributes come', () => {
    const attributes = {
      'server.address': 'example.com',
      'db.system': 'redis',
      'gen_ai.operation.name': 'invoke_agent',
    };
    const entries = Object.entries(attributes);
    for (const order of [entries, entries.toReversed()])
      assert.equal(classOf(client(Object.fromEntries(order))), 'application');
  });

  it('asks the user’s rules first, the first that holds', () => {
    const rules: ClassifyRule[] = [
      { match: { name: 'RUN_*', service: 'gpu-*' }, as: 'model' },
      { match: { attribute: 'db.system', value: 'duckdb' }, as: 'application' },
      { match: { kind: 'server' }, as: 'network' },
    ];
    assert.equal(classOf({ name: 'run_net', service: 'gpu-7' }, rules), 'model');
    assert.equal(classOf({ name: 'run_net', service: 'cpu-7' }, rules), undefined);
    assert.equal(classOf(client({ 'db.system': 'DuckDB' }), rules), 'application');
    assert.equal(classOf(client({ 'db.system': 'redis' }), rules), 'storage');
    assert.equal(classOf({ kind: 'server' }, rules), 'network');
  });

  it('answers at once whatever is written in spans', () => {
    const texts = fc.oneof(
      fc.string(),
      fc.constantFrom(...['s3', '-.s3-', 'http://', '@', 'a.'].map((part) => part.repeat(20_000))),
    );
    const keys = fc.constantFrom(
      'url.full',
      'server.address',
      'rpc.service',
      'rpc.method',
      'aws.service',
      'db.system',
    );
    fc.assert(
      fc.property(
        texts,
        fc.dictionary(keys, texts),
        fc.constantFrom(...spanKinds),
        (name, attributes, kind) => {
          classOf({ name, kind, attributes });
        },
      ),
      { numRuns: 300 },
    );
  });
});
