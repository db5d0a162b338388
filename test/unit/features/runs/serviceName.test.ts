import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { serviceNameOf } from '../../../../src/features/runs/serviceName';

const cases: readonly (readonly [object, string])[] = [
  [{ program: '/home/me/shop/inference.py', name: 'Python: Current File' }, 'inference'],
  [{ program: 'C:\\shop\\server.test.js', name: 'Node' }, 'server.test'],
  [{ program: '/home/me/.hidden' }, '.hidden'],
  [{ program: '/home/me/cmd/shop/', name: 'Go' }, 'shop'],
  [{ program: '.', name: 'Go' }, 'Go'],
  [{ module: 'shop.inference', program: '/ignored.py' }, 'shop.inference'],
  [{ module: 'uvicorn', name: 'Python Debugger: FastAPI' }, 'folder'],
  [{ mainClass: 'com.acme/com.acme.shop.Main' }, 'Main'],
  [{ name: 'npm run dev' }, 'npm run dev'],
  [{ program: 5, module: null }, 'folder'],
];

describe('the service name of a run', () => {
  for (const [configuration, name] of cases) {
    it(`of ${JSON.stringify(configuration)} is ${name}`, () => {
      assert.equal(serviceNameOf({ ...configuration }, 'folder'), name);
    });
  }

  it('is never empty', () => {
    assert.equal(serviceNameOf({}, undefined), 'run');
    assert.equal(serviceNameOf({ module: 'flask' }, undefined), 'flask');
  });
});
