"""A story for Whyspan: recommendations whose storage becomes slow after a minute, and fast again after five.

    python3 -m venv .venv
    .venv/bin/pip install opentelemetry-sdk opentelemetry-exporter-otlp-proto-http
    .venv/bin/python whyspan_story.py

(On Windows the last two are in .venv\\Scripts.) Stop it by Ctrl+C. Python 3.9 or newer.
"""

import json
import os
import random
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.request import ProxyHandler, build_opener

# Where the window receives; what you set yourself goes first.
os.environ.setdefault("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:4318")
os.environ.setdefault("OTEL_SERVICE_NAME", "recommendations")

from opentelemetry import trace  # noqa: E402
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter  # noqa: E402
from opentelemetry.sdk.trace import TracerProvider  # noqa: E402
from opentelemetry.sdk.trace.export import BatchSpanProcessor  # noqa: E402

SLOW_AFTER_S, FAST_AFTER_S = 60, 300
SLOW_S = 1.2  # of each request, while the storage is slow
BUDGET_MS = 200  # features that take longer come too late
PROFILES = {"books": (9, 2, 1), "films": (2, 8, 3), "games": (1, 4, 9), "music": (5, 5, 5)}
DEFAULT_FEATURES = (3, 7, 3)  # of the average user, when hers come too late

provider = TracerProvider()
provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(), schedule_delay_millis=500))
trace.set_tracer_provider(provider)
tracer = trace.get_tracer("whyspan.story")
began = time.monotonic()


class Storage(BaseHTTPRequestHandler):
    """Serves the features of a user over HTTP. Its slowness is real: the request takes that long."""

    def do_GET(self):
        if SLOW_AFTER_S <= time.monotonic() - began < FAST_AFTER_S:
            time.sleep(SLOW_S)
        taste = random.choice(list(PROFILES.values()))
        body = json.dumps([value + random.uniform(-1, 1) for value in taste]).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


storage = ThreadingHTTPServer(("127.0.0.1", 0), Storage)
Thread(target=storage.serve_forever, daemon=True).start()
direct = build_opener(ProxyHandler({}))


def measure_storage_latency(user):
    """Fetches the features of a user, and times it in milliseconds."""
    start = time.perf_counter()
    with direct.open(f"http://127.0.0.1:{storage.server_port}/users/{user}") as answer:
        features = json.loads(answer.read())
    return (time.perf_counter() - start) * 1000, features


def run_model(features):
    """Recommends what the features are nearest to."""
    return min(PROFILES, key=lambda name: sum((a - b) ** 2 for a, b in zip(PROFILES[name], features)))


def ai_inference(user):
    """One recommendation: the model is always the same, its features are not."""
    with tracer.start_as_current_span("ai_inference_pipeline") as span:
        storage_latency_ms, features = measure_storage_latency(user)
        span.set_attribute("storage_latency_ms", storage_latency_ms)
        if storage_latency_ms > BUDGET_MS:
            features = DEFAULT_FEATURES
        prediction = run_model(features)
        span.set_attribute("model_prediction", prediction)
        return storage_latency_ms, prediction


if __name__ == "__main__":
    try:
        while True:
            latency_ms, recommended = ai_inference(random.randrange(1000))
            print(f"storage {latency_ms:6.1f} ms  ->  {recommended}", flush=True)
            time.sleep(0.5)
    except KeyboardInterrupt:
        provider.shutdown()
