import * as vscode from 'vscode';
import { commands } from '../../platform/contributions';
import type { DiagnoseDeps } from './diagnoseDeps';

/** The command that answers "why do I see nothing?". */
export function register(deps: DiagnoseDeps): vscode.Disposable {
  return vscode.commands.registerCommand(commands.diagnose, async () => {
    try {
      const { runDiagnosis } = await import('./runDiagnosis');
      return await runDiagnosis(deps);
    } catch (error) {
      deps.report(error, 'diagnose');
      return [];
    }
  });
}
