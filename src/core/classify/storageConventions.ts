import { always, byValue, type Convention } from './convention';

/**
 * Databases, caches and vector stores, object stores, files. Sources: OpenTelemetry's semantic conventions for databases (stable:
 * `db.system.name`, `db.operation.name`, `db.query.text`, `db.namespace`, `db.collection.name`; until 1.24 `db.system`, `db.operation`,
 * `db.statement`, `db.name`; OpenTracing's `db.type`), object stores (aws.s3.*), files (registry attributes file.*); az.namespace of the Azure
 * SDKs. A vector store names itself in `db.system` (pinecone, qdrant, milvus, weaviate, chroma; pgvector is a postgresql).
 */
export const storageConventions: readonly Convention[] = [
  ...always('storage', 'db.system.name', 'db.system', 'db.operation.name', 'db.operation', 'db.query.text'),
  ...always('storage', 'db.statement', 'db.namespace', 'db.name', 'db.collection.name', 'db.type'),
  ...always('storage', 'aws.s3.bucket', 'aws.s3.key', 'aws.s3.copy_source', 'aws.s3.upload_id'),
  ...always('storage', 'aws.dynamodb.table_names', 'aws.dynamodb.consumed_capacity'),
  ...['azure.resource_provider.namespace', 'az.namespace'].map((attribute) =>
    byValue(attribute, {
      'microsoft.storage': 'storage',
      'microsoft.documentdb': 'storage',
      'microsoft.servicebus': 'queue',
      'microsoft.eventhub': 'queue',
      'microsoft.cognitiveservices': 'model',
    }),
  ),
  // Not file.name or file.size, which servers that take uploads set.
  ...always('storage', 'file.path', 'file.directory'),
];
