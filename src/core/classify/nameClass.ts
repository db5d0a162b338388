import { nameMatcher } from '../archive/nameMatcher';
import type { OwnClass } from './spanClass';

/**
 * What spans are called where no convention says what they are, in lower case with `_` between words: those that people write by hand. Loading
 * a model is storage: weights are read. vLLM calls it `Load model`, `Load weights`, `Download weights - HF`.
 */
const names: readonly (readonly [patterns: readonly string[], as: OwnClass])[] = [
  [
    [
      ...[
        'load_model*',
        'model_load*',
        'load_weights*',
        'load_checkpoint*',
        'download_model*',
        'download_weights*',
      ],
      ...['torch_load', 'safetensors*', 'safe_open', 'from_pretrained*'],
      ...[
        '*feature_store*',
        '*online_features',
        'feast_*',
        'load_features*',
        'fetch_features*',
        'get_features*',
      ],
      ...[
        'read_features*',
        's3_*',
        '*_s3',
        'gcs_*',
        'minio_*',
        'redis_*',
        'memcached_*',
        '*object_store*',
        'blob_*',
      ],
      ...['storage_*', 'read_storage*', 'load_from_storage*', 'read_file*', 'write_file*', 'open_file*'],
      ...['vector_store*', 'vector_search*', 'vector_db*', 'similarity_search*', 'cache_get*', 'cache_set*'],
      ...['cache_lookup*', 'db_query*', 'query_db*', 'sql_query*'],
    ],
    'storage',
  ],
  [
    [
      ...['run_model*', 'model_predict*', 'predict', 'predict_*', 'model_infer*', 'infer', 'model_forward*'],
      ...['forward_pass*', 'execute_model*', 'model_execute*', 'llm_request', 'llm_call*', 'prefill'],
    ],
    'model',
  ],
  [
    [
      ...[
        'queue',
        'queue_wait*',
        'wait_queue*',
        'wait_for_queue*',
        'wait_in_queue*',
        '*_queue_wait',
        '*_queue_time',
      ],
      ...[
        'in_queue',
        'time_in_queue',
        'enqueue*',
        'dequeue*',
        'batch_wait*',
        'wait_for_batch*',
        'wait_for_slot*',
      ],
      ...['wait_for_gpu*', 'acquire_gpu*'],
    ],
    'queue',
  ],
  [['dns_lookup*', 'tcp_connect*', 'tls_connect*', 'tls_handshake*'], 'network'],
];

const matchers = names.map(([patterns, as]) => ({ matches: nameMatcher(patterns), as }));
const longest = 80;

/** What a span's name alone says it is. */
export function nameClass(name: string): OwnClass {
  const words = inWords(name);
  return matchers.find(({ matches }) => matches(words))?.as;
}

/** `S3.GetObject`, `s3 get-object` → `s3_get_object`. */
function inWords(name: string): string {
  return name
    .slice(0, longest)
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replaceAll(/[^A-Za-z0-9]+/g, '_')
    .replaceAll(/^_|_$/g, '')
    .toLowerCase();
}
