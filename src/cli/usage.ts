/** The help text of `whyspan`. */
export const usage = `Reads, shows and converts traces of AI inference: files of Jaeger JSON and OTLP JSON, or a Jaeger.

Usage: whyspan list   (FILE | --jaeger URL) [--inferences]
       whyspan show   TRACE_ID (FILE | --jaeger URL)
       whyspan export (FILE | --jaeger URL) [-o FILE] [--format jaeger|otlp]
       whyspan import FILE [-o FILE] [--format jaeger|otlp]

  list      the traces, newest first; with --inferences, the runs of the model
  show      the spans of a trace as a tree, with durations, self times and attributes;
            for a file, the beginning of the id is enough
  export    writes the traces to a file, or to the standard output
  import    reads all of a file and says what could not be read; with -o, writes it anew

FILE is Jaeger JSON (as Jaeger UI saves it) or OTLP JSON (as the collector's file exporter writes it), gzip'd or not.

Options
  --jaeger URL       base URL of Jaeger's query service, such as http://localhost:16686
  --service NAME     of the Jaeger; may be given several times; all services by default
  --lookback TIME    how far back to search the Jaeger: 15m, 2h, 1h 30m; 1h by default
  --limit N          at most so many traces; 20 by default of a Jaeger, all of a file
  -o, --output FILE  where to write; gzip'd when it ends in .gz
  --format FORMAT    jaeger (the default) or otlp
  --json             the answer as JSON
  -h, --help         this text
  --version          the version

WHYSPAN_TOKEN in the environment is sent as a bearer token, to the origin of --jaeger only.

Exit codes: 0 done · 1 nothing found · 2 wrong usage · 3 the Jaeger could not be asked · 4 the file could not be read
(import: not all of it) · 5 the output could not be written
`;
