"""The inference pipeline: S3 holds the features, a classifier reads the digit in them, one span tells how it went.

This is the code to watch: Whyspan writes the storage latency and the predictions at its lines.
"""

import time
from typing import NamedTuple

from opentelemetry import trace
from opentelemetry.trace import SpanKind

from model import DigitClassifier
from storage import FeatureCache, FeatureStore
from telemetry import traced

tracer = trace.get_tracer("ai.inference")
feature_store = FeatureStore()
feature_cache = FeatureCache()
classifier = DigitClassifier()


class Inference(NamedTuple):
    """What one inference came to."""

    prediction: str
    storage_latency_ms: float
    is_stale: bool
    model_version: str


@traced(SpanKind.CLIENT, describe=feature_store.describe_get)
def perform_user_query(sample_id):
    """Asks S3 for the features of one sample."""
    return feature_store.get(sample_id)


@traced()
def measure_storage_latency(sample_id):
    """Times the user's query and gives the milliseconds it took, with the features that it brought."""
    start = time.perf_counter()
    features = perform_user_query(sample_id)
    return (time.perf_counter() - start) * 1000.0, features


@traced()
def run_model(features):
    """Reads the digit, as a label such as "7", in the features of its picture."""
    return classifier.predict(features)


def ai_inference(input_data):
    """Reads one digit: `input_data` is the id of the sample whose features lie in S3."""
    with tracer.start_as_current_span("ai_inference_pipeline") as span:
        storage_latency_ms, fetched = measure_storage_latency(input_data)
        span.set_attribute("storage_latency_ms", storage_latency_ms)

        features, is_stale = feature_cache.choose(fetched, storage_latency_ms)
        span.set_attribute("features_stale", is_stale)

        prediction = run_model(features)
        span.set_attribute("model_prediction", prediction)
        span.set_attribute("model_version", classifier.version)
        return Inference(prediction, storage_latency_ms, is_stale, classifier.version)
