import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { withoutClosures } from '../../../../src/core/mapping/withoutClosures';

describe('withoutClosures', () => {
  const cases: readonly (readonly [given: string, expected: string | undefined])[] = [
    ['fetch', 'fetch'],
    ['batch.worker.Store.fetch_all', 'batch.worker.Store.fetch_all'],
    ['embedder::batch::worker::fetch', 'embedder::batch::worker::fetch'],
    ['whyspan/fraud/batch.each.func1', 'whyspan/fraud/batch.each'],
    ['whyspan/fraud/batch.(*Store).Load.func2.1', 'whyspan/fraud/batch.(*Store).Load'],
    ['github.com/me/app.Store.Load-fm', 'github.com/me/app.Store.Load'],
    ['main.run.gowrap1', 'main.run'],
    ['outer.<locals>.<lambda>', 'outer'],
    ['churn.Pipeline.lambda$score$0', 'churn.Pipeline.score'],
    ['Object.<anonymous>', 'Object'],
    ['<lambda>', undefined],
    ['<module>', undefined],
    ['func_of_1', 'func_of_1'],
  ];
  for (const [given, expected] of cases)
    it(`makes ${expected ?? 'nothing'} of ${given}`, () => assert.equal(withoutClosures(given), expected));
});
