import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import type { FailureKind } from '../../../src/core/humanError';
import { languageIds } from '../../../src/core/mapping/languages/languageIds';
import { commands, contextKeys, views, walkthroughs } from '../../../src/platform/contributions';
import { parseSettings } from '../../../src/platform/parseSettings';
import { backends } from '../../../src/platform/settings';
import { readText, root, sources } from './repository';

interface Setting {
  readonly default: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly enum?: readonly string[];
}
interface Step {
  readonly id: string;
  readonly description: string;
  readonly media: { readonly svg: string; readonly altText: string };
  readonly completionEvents: readonly string[];
}
interface MenuItem {
  readonly command: string;
  readonly when?: string;
}

const manifestText = readText('package.json');
const manifest = JSON.parse(manifestText);
const { contributes } = manifest;
const nls: Readonly<Record<string, string>> = JSON.parse(readText('package.nls.json'));
const properties: Readonly<Record<string, Setting>> = contributes.configuration.properties;
const contributed: readonly { readonly command: string; readonly title: string }[] = contributes.commands;
const menus: Readonly<Record<string, readonly MenuItem[]>> = contributes.menus;
const contributedWalkthroughs: readonly { readonly id: string; readonly steps: readonly Step[] }[] =
  contributes.walkthroughs;
const steps = contributedWalkthroughs.flatMap((walkthrough) => walkthrough.steps);
const completions = (event: string) =>
  steps
    .flatMap(({ completionEvents }) => completionEvents)
    .flatMap((text) => (text.startsWith(`${event}:`) ? [text.slice(event.length + 1)] : []));
const source = sources()
  .map(({ text }) => text)
  .join('\n');

const failureKinds: Readonly<Record<FailureKind, true>> = {
  unreachable: true,
  timeout: true,
  unauthorized: true,
  certificate: true,
  'not-jaeger': true,
  redirected: true,
  'too-large': true,
  'broken-answer': true,
  server: true,
  'not-found': true,
  configuration: true,
};

const sorted = (values: Iterable<string>) => [...new Set(values)].sort();
const ids = Object.values<string>(commands);

/** Every `when` of the manifest. */
function whens(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'when' && typeof inner === 'string' ? [inner] : whens(inner),
  );
}

describe('package.json and contributions.ts', () => {
  it('name the same commands, each once', () => {
    assert.deepEqual(contributed.map(({ command }) => command).sort(), sorted(ids));
  });

  it('name the same views', () => {
    const inManifest = Object.values<readonly { readonly id: string }[]>(contributes.views).flat();
    assert.deepEqual(
      inManifest.map(({ id }) => id),
      Object.values(views),
    );
  });

  it('have every command of a menu, a link or a welcome text among the commands', () => {
    const inMenus = Object.values(menus).flatMap((items) => items.map(({ command }) => command));
    const inTexts = [...JSON.stringify(nls).matchAll(/command:(whyspan\.[\w.]+)/g)].map(([, id]) => id ?? '');
    // VS Code makes a command of its own for each view.
    const known = [...ids, ...Object.values(views).map((view) => `${view}.focus`)];
    assert.deepEqual(
      [...inMenus, ...inTexts].filter((id) => !known.includes(id)),
      [],
    );
  });

  it('know every key and value of a when clause', () => {
    const statuses = ['idle', 'connecting', 'ok', 'failing'];
    const known = [
      'view',
      'viewItem',
      'explorerResourceIsFolder',
      'editorLangId',
      'editorTextFocus',
      'resourceFilename',
      'false',
      'true',
      ...statuses,
      ...backends,
      ...Object.keys(failureKinds),
      ...Object.values(views),
      ...Object.values(contextKeys),
    ];
    const names = whens(contributes).flatMap(
      (when) => when.replace(/\/.*?\/i?/g, '').match(/[\w.-]+/g) ?? [],
    );
    assert.deepEqual(sorted(names.filter((name) => !known.includes(name))), []);
  });

  it('know every kind of failure of a when clause', () => {
    const asked = whens(contributes).flatMap((when) => [
      ...(/failure =~ \/\^\((.*?)\)\$\//.exec(when)?.[1]?.split('|') ?? []),
      ...(/failure == ([\w-]+)/.exec(when)?.slice(1) ?? []),
    ]);
    assert.deepEqual(
      asked.filter((kind) => !(kind in failureKinds)),
      [],
    );
  });

  it('use every context key, and the code sets every one', () => {
    const used = [...whens(contributes), ...completions('onContext')].join(' ');
    const unused = Object.entries(contextKeys).filter(
      ([name, key]) => !used.includes(key) || !source.includes(`contextKeys.${name}`),
    );
    assert.deepEqual(unused, []);
  });

  it('know every value of viewItem that the tree gives', () => {
    const asked = whens(contributes).flatMap(
      (when) => /viewItem =~ \/\^\((.*?)\)\$\//.exec(when)?.[1]?.split('|') ?? [],
    );
    assert.deepEqual(
      sorted(asked).filter((value) => !source.includes(`contextValue = '${value}'`)),
      [],
    );
  });

  it('have every colour that the code names', () => {
    const named = [...source.matchAll(/'(whyspan\.\w+(?:Foreground|Border))'/g)].map(([, id]) => id ?? '');
    const colors: readonly { readonly id: string }[] = contributes.colors;
    assert.deepEqual(sorted(colors.map(({ id }) => id)), sorted(named));
  });

  it('have the colours of pictures, which cannot follow a theme, as the code has them', () => {
    const colors: readonly { readonly id: string; readonly defaults: Readonly<Record<string, string>> }[] =
      contributes.colors;
    const pictures = readText('src/features/annotations/pictureColors.ts');
    for (const { id, defaults } of colors)
      if (id.startsWith('whyspan.picture'))
        for (const color of Object.values(defaults)) assert.ok(pictures.includes(color), `${id}: ${color}`);
  });

  it('offer the editor’s menus in the languages that are parsed', () => {
    const asked = whens(contributes).flatMap(
      (when) => /editorLangId =~ \/\^\((.*?)\)\$\//.exec(when)?.[1] ?? [],
    );
    assert.ok(asked.length > 0);
    for (const languages of asked) assert.deepEqual(languages.split('|'), languageIds);
  });

  it('bind keys to commands that exist, where somebody is in an editor', () => {
    const keybindings: readonly MenuItem[] = contributes.keybindings;
    assert.deepEqual(
      keybindings.filter(({ command, when }) => !ids.includes(command) || !when?.includes('editorTextFocus')),
      [],
    );
  });

  it('name pictures that exist', () => {
    const paths = [...manifestText.matchAll(/"(media\/[^"]+)"/g)].map(([, path]) => path ?? '');
    assert.deepEqual(
      paths.filter((path) => !existsSync(join(root, path))),
      [],
    );
  });
});

describe('walkthroughs', () => {
  it('are the same in the manifest and in the code, at most four steps each', () => {
    assert.deepEqual(
      contributedWalkthroughs.map(({ id }) => id),
      Object.values(walkthroughs),
    );
    for (const { steps } of contributedWalkthroughs) assert.ok(steps.length > 0 && steps.length <= 4);
  });

  it('have each step completed by something that exists', () => {
    const events = steps.flatMap(({ completionEvents }) => completionEvents);
    assert.ok(steps.every(({ completionEvents }) => completionEvents.length > 0));
    assert.deepEqual(
      events.filter((event) => !/^(onContext|onCommand|onSettingChanged):/.test(event)),
      [],
    );
    assert.deepEqual(
      completions('onCommand').filter((id) => !ids.includes(id)),
      [],
    );
    assert.deepEqual(
      completions('onSettingChanged').filter((id) => !properties[id]),
      [],
    );
    assert.deepEqual(
      completions('onContext').filter((key) => !Object.values<string>(contextKeys).includes(key)),
      [],
    );
  });

  it('have a button in each step, and a picture that is described', () => {
    for (const { id, description, media } of steps) {
      assert.match(nls[description.slice(1, -1)] ?? '', /^\[[^\]]+\]\(command:whyspan\.\w+\)$/m, id);
      assert.ok((nls[media.altText.slice(1, -1)] ?? '').length > 20, id);
    }
  });

  it('have pictures in the colours of the theme alone, without what VS Code’s page for them forbids', () => {
    for (const { media } of steps) {
      const picture = readText(media.svg);
      const colours = [...picture.matchAll(/(?:fill|stroke)="([^"]+)"/g)].map(([, colour]) => colour ?? '');
      assert.deepEqual(
        colours.filter((colour) => colour !== 'none' && !colour.startsWith('var(--vscode-')),
        [],
      );
      assert.doesNotMatch(picture, /<(script|style|image|foreignObject)|style=|\bon\w+=|href=/);
    }
  });
});

describe('package.nls.json', () => {
  it('has each text that package.json names, and no other', () => {
    const named = [...manifestText.matchAll(/"%([^"%]+)%"/g)].map(([, key]) => key ?? '');
    assert.deepEqual(sorted(Object.keys(nls)), sorted(named));
  });
});

describe('settings', () => {
  const read = new Set<string>();
  const { settings, problems } = parseSettings((key) => void read.add(`whyspan.${key}`));

  it('are read, all of them, and only those that exist', () => {
    assert.deepEqual(sorted(read), sorted(Object.keys(properties)));
  });

  it('have the same defaults in package.json and in the code', () => {
    const byManifest = parseSettings((key) => properties[`whyspan.${key}`]?.default);
    assert.deepEqual(byManifest, { settings, problems: [] });
    assert.deepEqual(problems, []);
  });

  it('have the same limits in package.json and in the code', () => {
    for (const [id, { minimum, maximum }] of Object.entries(properties)) {
      if (minimum === undefined || maximum === undefined) continue;
      const problemsOf = (value: number) =>
        parseSettings((key) => (`whyspan.${key}` === id ? value : undefined)).problems.map(({ key }) => key);
      assert.deepEqual([minimum, maximum].flatMap(problemsOf), [], id);
      assert.deepEqual([minimum - 0.5, maximum + 0.5].flatMap(problemsOf), [id, id]);
    }
  });

  it('have the same choices in package.json and in the code', () => {
    for (const [id, { enum: choices = [] }] of Object.entries(properties)) {
      const problemsOf = (value: string) =>
        parseSettings((key) => (`whyspan.${key}` === id ? value : undefined)).problems;
      assert.deepEqual(choices.flatMap(problemsOf), [], id);
      const [problem] = choices.length > 0 ? problemsOf('something else') : [];
      if (problem) assert.equal(problem.message, `is not one of ${choices.join(', ')}`);
    }
  });

  it('that are not trusted everywhere exist', () => {
    const restricted: readonly string[] = manifest.capabilities.untrustedWorkspaces.restrictedConfigurations;
    assert.deepEqual(
      restricted.filter((id) => !properties[id]),
      [],
    );
  });
});

describe('versions', () => {
  it('of VS Code are the same for the types and for the engine, so that nothing newer is called', () => {
    const floor = /^\^(\d+\.\d+)\.0$/.exec(manifest.engines.vscode)?.[1];
    const installed: string = JSON.parse(readText('node_modules/@types/vscode/package.json')).version;
    assert.equal(installed.replace(/\.\d+$/, ''), floor);
    assert.equal(manifest.devDependencies['@types/vscode'], `~${floor}.0`);
  });
});

describe('README.md', () => {
  const readme = () => {
    assert.ok(
      existsSync(join(root, 'README.md')),
      'README.md is missing: it must name every command and every setting',
    );
    return readText('README.md');
  };

  it('names every setting', () => {
    const text = readme();
    assert.deepEqual(
      Object.keys(properties).filter((id) => !text.includes(id)),
      [],
    );
  });

  it('names every command that people can run', () => {
    const text = readme();
    const { commandPalette = [], ...others } = menus;
    const hidden = commandPalette.filter(({ when }) => when === 'false').map(({ command }) => command);
    const inMenus = Object.values(others).flatMap((items) => items.map(({ command }) => command));
    const titles = contributed
      .filter(({ command }) => !hidden.includes(command) || inMenus.includes(command))
      .map(({ title }) => nls[title.slice(1, -1)] ?? title);
    assert.deepEqual(
      titles.filter((title) => !text.includes(title.replace(/…$/, ''))),
      [],
    );
  });
});
