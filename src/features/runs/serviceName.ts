import { own } from '../../core/decode/jsonValue';
import type { Configuration } from './debugEnvironment';

/** Modules that run a program and are not it. */
const launchers = new Set([
  ...['celery', 'debugpy', 'django', 'fastapi', 'flask', 'gunicorn', 'hypercorn', 'pytest', 'streamlit'],
  ...['unittest', 'uvicorn'],
]);

/** What a run's spans are called after: the module, class or file that is run, else the configuration, else the folder. */
export function serviceNameOf(configuration: Configuration, folderName: string | undefined): string {
  const module = textIn(configuration, 'module');
  if (launchers.has(module)) return folderName ?? module;
  const mainClass = textIn(configuration, 'mainClass').split(/[./]/).at(-1);
  return (
    module ||
    mainClass ||
    baseName(textIn(configuration, 'program')) ||
    textIn(configuration, 'name') ||
    folderName ||
    'run'
  );
}

function textIn(configuration: Configuration, key: string): string {
  const value = own(configuration, key);
  return typeof value === 'string' ? value.trim() : '';
}

/** The name of a file without its folders and its extension; empty for what is no name, such as `.`. */
function baseName(path: string): string {
  const name = path.split(/[\\/]/).findLast((part) => part !== '') ?? '';
  return /^\.+$/.test(name) ? '' : name.replace(/(?<=.)\.\w+$/, '');
}
