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
  --header “N: V”    a header for the Jaeger, such as a tenant; may be given several times
  --header-env “N: VARIABLE”
                     the same with a value from the environment, for those that hold a secret
  --ca FILE          PEM file of the authority that the Jaeger's certificate is from, beside the known ones
  --service NAME     of the Jaeger; may be given several times; all services by default
  --lookback TIME    how far back to search the Jaeger: 15m, 2h, 1h 30m; 1h by default
  --limit N          at most so many traces; 20 by default of a Jaeger, all of a file
  --span-name NAME, --latency-attribute NAME, --prediction-attribute NAME, --latency-unit ms|s|us
                     what an inference is and where it keeps its numbers: ai_inference_pipeline,
                     storage_latency_ms, model_prediction and ms by default
  -o, --output FILE  where to write; gzip'd when it ends in .gz
  --format FORMAT    jaeger (the default) or otlp
  --json             the answer as JSON
  -h, --help         this text
  --version          the version

WHYSPAN_TOKEN in the environment is sent as a bearer token, or WHYSPAN_USERNAME and WHYSPAN_PASSWORD as basic
authentication, to the origin of --jaeger only.

Exit codes: 0 done · 1 nothing found · 2 wrong usage · 3 the Jaeger could not be asked · 4 the file could not be read
(import: not all of it) · 5 the output could not be written · 70 a bug
`;
