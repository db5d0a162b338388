import type { Convention } from './convention';
import type { OwnClass } from './spanClass';

/** Names within a host that say what it is, whatever the domain: `minio.internal`, `redis-0`. */
const labels: readonly (readonly [pattern: RegExp, as: OwnClass])[] = [
  [
    /^(s3|minio|ceph|seaweedfs|gcs|azurite|redis|valkey|memcached|postgres(ql)?|mysql|mongo(db)?)(-\d+)?$/,
    'storage',
  ],
  [
    /^(elasticsearch|opensearch|cassandra|qdrant|milvus|weaviate|chroma(db)?|pinecone|feast)(-\d+)?$/,
    'storage',
  ],
  [/^(vllm|triton|tritonserver|ollama|torchserve|tgi)(-\d+)?$/, 'model'],
  [/^(kafka|rabbitmq|nats|sqs|pubsub)(-\d+)?$/, 'queue'],
];

/** Ends of the host names that the services' documentations give. */
const domains: readonly (readonly [pattern: RegExp, as: OwnClass])[] = [
  [/(^|[.-])s3([.-][a-z0-9.-]*)?\.amazonaws\.com(\.cn)?$/, 'storage'],
  [/(^|\.)dynamodb\.[a-z0-9-]+\.amazonaws\.com$/, 'storage'],
  [/^(storage|firestore|bigtable|spanner)(\.[a-z0-9-]+)?\.googleapis\.com$/, 'storage'],
  [/\.storage\.googleapis\.com$/, 'storage'],
  [/\.(blob|file|dfs|table)\.core\.windows\.net$/, 'storage'],
  [/\.documents\.azure\.com$/, 'storage'],
  [/\.(r2\.cloudflarestorage|digitaloceanspaces|backblazeb2|wasabisys|aliyuncs)\.com$/, 'storage'],
  [/(^|\.)(huggingface\.co|hf\.co)$/, 'storage'],
  [/\.(pinecone\.io|qdrant\.io|weaviate\.(cloud|network)|zillizcloud\.com|trychroma\.com)$/, 'storage'],
  [/^(kinesis|sns)\.[a-z0-9-]+\.amazonaws\.com$/, 'queue'],
  [/\.servicebus\.windows\.net$/, 'queue'],
  [/(^|-|\.)(bedrock-runtime|runtime\.sagemaker)\.[a-z0-9-]+\.amazonaws\.com$/, 'model'],
  [/(^|-)aiplatform\.googleapis\.com$|^generativelanguage\.googleapis\.com$/, 'model'],
  [/^api\.(openai\.com|anthropic\.com|mistral\.ai|cohere\.(com|ai)|groq\.com|together\.xyz)$/, 'model'],
  [/\.openai\.azure\.com$/, 'model'],
];

/** Longest part of an address that is looked at. */
const longest = 512;

/** Parameters that only requests to S3 have: the SDKs' `x-id`, signatures in URLs. */
const s3Query = /[?&](x-id=(get|put|head|list|upload|delete)[a-z]*object|x-amz-(signature|algorithm)=)/;

/**
 * Calls by the host that was called. Sources: OpenTelemetry's semantic conventions for HTTP (`url.full`, `server.address`; until 1.20
 * `http.url`, `http.host`, `net.peer.name`), OpenTracing's `peer.hostname` and `peer.service`.
 */
export const hostConventions: readonly Convention[] = [
  ...['url.full', 'http.url'].map((attribute) => ({ attribute, means: urlMeans })),
  ...[
    'server.address',
    'net.peer.name',
    'http.host',
    'peer.hostname',
    'peer.service',
    'service.peer.name',
  ].map((attribute) => ({ attribute, means: hostMeans })),
];

function urlMeans(url: string): OwnClass {
  const head = url.slice(0, longest);
  const host = /^[a-z0-9+.-]+:\/\/(?:[^/?#@]*@)?([^/?#:]+)/.exec(head)?.[1];
  const byHost = host === undefined ? undefined : hostMeans(host);
  return byHost ?? (s3Query.test(head) ? 'storage' : 'call');
}

/** Hosts repeat, and are few. */
const known = new Map<string, OwnClass>();
const mostKnown = 1000;

function hostMeans(host: string): OwnClass {
  if (known.has(host)) return known.get(host);
  const means = hostClass(host);
  if (known.size >= mostKnown) known.clear();
  if (host.length <= longest) known.set(host, means);
  return means;
}

function hostClass(host: string): OwnClass {
  const name = host.slice(0, longest).replace(/:\d+$/, '').replace(/\.$/, '');
  const domain = domains.find(([pattern]) => pattern.test(name));
  if (domain) return domain[1];
  return name
    .split('.')
    .slice(0, 6)
    .map((label) => labels.find(([pattern]) => pattern.test(label))?.[1])
    .find((as) => as !== undefined);
}
