/** What kind of server is asked, as people call it. */
export type ServerName = 'Jaeger' | 'Prometheus';

/** How requests to a server prove who sends them. Secrets are not part of it: they are asked for when needed. */
export type ConnectionAuth =
  | { readonly type: 'none' }
  | { readonly type: 'bearer' }
  | { readonly type: 'basic'; readonly username: string }
  /** The command prints a bearer token. */
  | { readonly type: 'command'; readonly command: string };

/** A named server, a Jaeger or a Prometheus, as the settings describe it. */
export interface Connection {
  readonly name: string;
  /** Base URL of Jaeger's query service, or of Prometheus, with its base path if it has one, without a slash at the end. */
  readonly url: string;
  readonly auth: ConnectionAuth;
  /** Extra headers of each request, such as a tenant. */
  readonly headers: Readonly<Record<string, string>>;
  /** Paths of PEM files. */
  readonly caFile: string | undefined;
  readonly certFile: string | undefined;
  readonly keyFile: string | undefined;
  /** Accept any certificate: chosen by the user, for this connection only. */
  readonly allowSelfSigned: boolean;
  /** Where people open traces, when it is not `url`. */
  readonly uiUrl: string | undefined;
}

/** A connection with a name and a URL, and nothing else that is special about it. */
export function plainConnection(name: string, url: string): Connection {
  return {
    name,
    url,
    auth: { type: 'none' },
    headers: {},
    caFile: undefined,
    certFile: undefined,
    keyFile: undefined,
    allowSelfSigned: false,
    uiUrl: undefined,
  };
}
