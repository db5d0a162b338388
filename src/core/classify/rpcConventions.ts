import type { Convention } from './convention';
import type { OwnClass } from './spanClass';

/** AWS's services by `rpc.service`, without spaces. */
const awsServices: ReadonlyMap<string, OwnClass> = new Map<string, OwnClass>([
  ...pairs(
    'storage',
    's3',
    's3control',
    's3vectors',
    'dynamodb',
    'efs',
    'elasticache',
    'rdsdata',
    'opensearch',
  ),
  ...pairs('storage', 'redshiftdata', 'athena', 'timestreamquery', 'timestreamwrite', 'neptunedata', 'ebs'),
  ...pairs('queue', 'sqs', 'sns', 'kinesis', 'firehose', 'eventbridge'),
  ...pairs('model', 'bedrockruntime', 'bedrockagentruntime', 'sagemakerruntime'),
]);

/** gRPC's services by what their full names begin with. */
const grpcServices: readonly (readonly [prefix: string, as: OwnClass])[] = [
  ['google.storage.', 'storage'],
  ['google.bigtable.', 'storage'],
  ['google.firestore.', 'storage'],
  ['google.spanner.', 'storage'],
  ['google.pubsub.', 'queue'],
  ['google.cloud.aiplatform.', 'model'],
  ['qdrant.', 'storage'],
  ['milvus.proto.', 'storage'],
  ['weaviate.', 'storage'],
  ['feast.serving.', 'storage'],
  ['inference.grpcinferenceservice', 'model'],
  ['tensorflow.serving.', 'model'],
];

/**
 * Calls by the service that was called. Sources: OpenTelemetry's semantic conventions for RPC and for AWS SDKs (`rpc.system` = aws-api with
 * `rpc.service` S3; since 1.39 `rpc.method` = S3/GetObject), botocore before 0.19 and the X-Ray receiver (`aws.service`), the .proto files of
 * the stores, of KServe's and Triton's open inference protocol and of TensorFlow Serving.
 */
export const rpcConventions: readonly Convention[] = [
  { attribute: 'rpc.service', means: serviceMeans },
  {
    attribute: 'rpc.method',
    means: (method) => (method.includes('/') ? serviceMeans(cut(method)) : undefined),
  },
  { attribute: 'aws.service', means: (service) => awsServices.get(service.replace(/^amazon|\W/g, '')) },
];

function serviceMeans(service: string): OwnClass {
  const aws = awsServices.get(service.replaceAll(/\W/g, ''));
  return aws ?? grpcServices.find(([prefix]) => service.startsWith(prefix))?.[1];
}

function cut(method: string): string {
  return method.slice(0, method.lastIndexOf('/')).replace(/^\//, '');
}

function pairs(as: OwnClass, ...services: readonly string[]): (readonly [string, OwnClass])[] {
  return services.map((service) => [service, as] as const);
}
