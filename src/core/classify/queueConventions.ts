import { byValue, type Convention } from './convention';
import type { OwnClass } from './spanClass';

// What a message is for once it has been received is the program's own work.
const operations: Readonly<Record<string, OwnClass>> = {
  create: 'queue',
  publish: 'queue',
  send: 'queue',
  receive: 'queue',
  settle: 'queue',
  process: 'application',
  deliver: 'application',
};

/**
 * Messages on their way, and work that waits. Sources: OpenTelemetry's semantic conventions for messaging (`messaging.operation.type`; until
 * 1.25 `messaging.operation`), Celery's instrumentation (`celery.action`).
 */
export const queueConventions: readonly Convention[] = [
  byValue('celery.action', { apply_async: 'queue', run: 'application' }),
  byValue('messaging.operation.type', operations),
  byValue('messaging.operation', operations),
  { attribute: 'messaging.system', means: () => 'call' },
];
