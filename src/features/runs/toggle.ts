import * as vscode from 'vscode';
import type { Deps } from '../../platform/deps';
import { settingTarget } from '../connections/index';
import { instrumentationNow, variablesToAdd } from './runSettings';

const key = 'runs.instrument';

/** Has the spans of runs sent here from now on, or no more, and says what that means; `wanted` is the opposite of now. */
export async function toggleRuns(
  deps: Deps,
  wanted = !deps.settings.current.runs.isInstrumented,
): Promise<void> {
  const { l10n, window, workspace, ConfigurationTarget } = vscode;
  // An untrusted workspace's setting is not read.
  const target = workspace.isTrusted ? settingTarget(key, 'workspace') : ConfigurationTarget.Global;
  await workspace.getConfiguration('whyspan').update(key, wanted, target);
  const place =
    target === ConfigurationTarget.Global
      ? l10n.t('your settings')
      : l10n.t('the settings of this workspace');
  if (!wanted) {
    void window.showInformationMessage(
      l10n.t('What you start from now on sends its spans where it says itself. Written to {0}.', place),
    );
    return;
  }
  const turnOff = l10n.t('Turn Off');
  const chosen = await window.showInformationMessage(startedText(deps, place), turnOff);
  if (chosen === turnOff) await toggleRuns(deps, false);
}

function startedText(deps: Deps, place: string): string {
  const { l10n } = vscode;
  const now = instrumentationNow(deps);
  if (now === undefined)
    return l10n.t(
      'Written to {0}, but Whyspan receives no spans now: what you start is left alone until it does. The setting whyspan.backend says where traces come from.',
      place,
    );
  const name = vscode.workspace.workspaceFolders?.[0]?.name ?? 'terminal';
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint } = variablesToAdd(now, name);
  if (endpoint === undefined)
    return l10n.t(
      'Written to {0}. VS Code itself was started with OTEL_ variables that say where spans go: they are left alone, and so is what you start.',
      place,
    );
  return l10n.t(
    'What you start from now on by F5, as a task or in a new terminal is given {0}, its protocol and a service name, unless you set them yourself. Written to {1}.',
    `OTEL_EXPORTER_OTLP_ENDPOINT=${endpoint}`,
    place,
  );
}
