import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { committedFiles, readText } from './repository';

/** Hosts that packages are downloaded from, each in parts, so that this file names none of them. */
const hosts = [
  ['registry', 'npmjs', 'org'],
  ['registry', 'yarnpkg', 'com'],
  ['npm', 'pkg', 'github', 'com'],
  ['pypi', 'org'],
  ['pypi', 'python', 'org'],
  ['files', 'pythonhosted', 'org'],
  ['proxy', 'golang', 'org'],
  ['sum', 'golang', 'org'],
  ['goproxy', 'io'],
  ['index', 'crates', 'io'],
  ['static', 'crates', 'io'],
  ['rubygems', 'org'],
  ['registry', 'hub', 'docker', 'com'],
  ['deb', 'debian', 'org'],
  ['archive', 'ubuntu', 'com'],
].map((parts) => parts.join('.'));

const binary = /\.(png|jpe?g|gif|ico|wasm|vsix|zip|gz|woff2?|ttf|pdf|webm|mp4)$/;

describe('what is committed', () => {
  it('names no host that packages are downloaded from: that is for whoever installs to choose', () => {
    const found = committedFiles()
      .filter((path) => !binary.test(path))
      .flatMap((path) => {
        const text = readText(path).toLowerCase();
        return hosts.filter((host) => text.includes(host)).map((host) => `${path}: ${host}`);
      });
    assert.deepEqual(found, []);
  });

  it('has a lock file that says what is installed, by hash, and not from where', () => {
    const packages: Readonly<Record<string, { readonly resolved?: string; readonly integrity?: string }>> =
      JSON.parse(readText('package-lock.json')).packages;
    const installed = Object.entries(packages).filter(([path]) => path !== '');
    const located = installed.filter(([, { resolved }]) => resolved !== undefined).map(([path]) => path);
    assert.deepEqual(located, []);
    assert.deepEqual(
      installed.filter(([, { integrity }]) => !integrity?.startsWith('sha512-')).map(([path]) => path),
      [],
    );
  });
});
