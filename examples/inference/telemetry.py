"""Telemetry: the two ways to export spans, and `@traced` for the spans that only the newer way has.

`jaeger` is the article's way: one span for each inference, by thrift over UDP to a Jaeger agent.
`otlp` is today's way: nested spans, by OTLP over HTTP, each with its place in the source.
"""

import contextlib
import functools
import inspect
import logging
import os
import sys
import time

from opentelemetry import trace
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import SpanProcessor, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExporter, SpanExportResult
from opentelemetry.trace import SpanKind

# A UDP datagram of more than 65,000 bytes would be dropped; a span of ours takes less than 500.
BATCH = {"schedule_delay_millis": 500, "max_export_batch_size": 64}
NOT_OURS = (os.path.dirname(os.path.dirname(trace.__file__)), contextlib.__file__)

nested_tracer = trace.NoOpTracer()


def use_jaeger(service_name, agent_port):
    """Exports as the article does."""
    from opentelemetry.exporter.jaeger.thrift import JaegerExporter

    exporter = JaegerExporter(agent_host_name="localhost", agent_port=agent_port)
    return install(service_name, BatchSpanProcessor(exporter, **BATCH))


def use_otlp(service_name, endpoint):
    """Exports by OTLP, straight to the endpoint whatever proxy the environment names, and switches nested spans on."""
    import requests
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter

    global nested_tracer
    session = requests.Session()
    session.trust_env = False
    exporter = OTLPSpanExporter(endpoint=f"{endpoint.rstrip('/')}/v1/traces", timeout=2, session=session)
    batches = BatchSpanProcessor(DeliveryNews(exporter, endpoint), **BATCH)
    provider = install(service_name, CodeLocationProcessor(), batches)
    nested_tracer = provider.get_tracer("ai.inference")
    return provider


def install(service_name, *processors):
    """Makes the provider that all tracers of this process use."""
    quiet = logging.getLogger("opentelemetry")
    quiet.addHandler(OneLineHandler())
    quiet.propagate = False
    provider = TracerProvider(resource=Resource.create({"service.name": service_name}), shutdown_on_exit=False)
    for processor in processors:
        provider.add_span_processor(processor)
    trace.set_tracer_provider(provider)
    return provider


def traced(kind=SpanKind.INTERNAL, describe=lambda *_: {}):
    """Decorates a function with a nested span; `describe` gives its attributes from the arguments. No-op for jaeger."""

    def decorate(function):
        code = code_attributes(function.__code__.co_filename, line_of_def(function), function.__qualname__)

        @functools.wraps(function)
        def wrapper(*args):
            attributes = {**code, **describe(*args)}
            with nested_tracer.start_as_current_span(function.__name__, kind=kind, attributes=attributes):
                return function(*args)

        return wrapper

    return decorate


def line_of_def(function):
    """The line that says `def`, below the decorators."""
    lines, first = inspect.getsourcelines(function)
    return first + next(index for index, line in enumerate(lines) if line.lstrip().startswith("def "))


def code_attributes(path, line, function_name):
    """Says in OpenTelemetry's words where in the source a span comes from."""
    return {"code.file.path": os.path.abspath(path), "code.line.number": line, "code.function.name": function_name}


class CodeLocationProcessor(SpanProcessor):
    """Gives each span that has no place in the source yet the line that opened it."""

    def on_start(self, span, parent_context=None):
        if "code.line.number" in span.attributes:
            return
        frame = sys._getframe(1)
        while frame and frame.f_code.co_filename.startswith(NOT_OURS):
            frame = frame.f_back
        if frame:
            code = frame.f_code
            span.set_attributes(code_attributes(code.co_filename, frame.f_lineno, code.co_qualname))


class DeliveryNews(SpanExporter):
    """Prints a line when spans begin to arrive at the receiver, and when they arrive no longer.

    A batch that does not arrive is lost, as with any exporter, but the next ones are sent all the same.
    """

    def __init__(self, exporter, endpoint):
        self._exporter = exporter
        self._endpoint = endpoint
        self._is_arriving = False

    def export(self, spans):
        result = self._exporter.export(spans)
        is_arriving = result is SpanExportResult.SUCCESS
        if is_arriving is not self._is_arriving:
            self._is_arriving = is_arriving
            print(f"spans {'arrive' if is_arriving else 'no longer arrive'} at {self._endpoint}", flush=True)
        return result

    def shutdown(self):
        self._exporter.shutdown()

    def force_flush(self, timeout_millis=30_000):
        return self._exporter.force_flush(timeout_millis)


class OneLineHandler(logging.Handler):
    """Says that spans can't be delivered in one line, at most once in thirty seconds."""

    _silent_until = 0.0

    def emit(self, record):
        if time.monotonic() >= self._silent_until:
            self._silent_until = time.monotonic() + 30
            print(f"telemetry: {record.getMessage()}", file=sys.stderr, flush=True)
