import { asArray, asObject, asString, own } from '../../core/decode/jsonValue';

/** What of the alerts a command is about. */
export interface AlertSubject {
  readonly uid: string;
  /** A series of the rule; `undefined` for all of it. */
  readonly labels: readonly string[] | undefined;
}

/** What a command was given: a node of the view, or what a notification tells; `undefined` for something else. */
export function subjectOf(value: unknown): AlertSubject | undefined {
  const subject = asObject(value);
  const uid = subject && asString(own(subject, 'uid'));
  if (!subject || uid === undefined) return undefined;
  const labels = own(subject, 'labels');
  return {
    uid,
    labels: labels === undefined ? undefined : asArray(labels).flatMap((each) => asString(each) ?? []),
  };
}
