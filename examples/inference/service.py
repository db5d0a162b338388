"""The sample service: infers digit after digit, prints how it goes, and lets its faults be switched meanwhile."""

import argparse
import json
import os
import random
import signal
import sys
import time
from contextlib import ExitStack
from threading import Event, Thread

from botocore.exceptions import BotoCoreError, ClientError

import console
import telemetry
from control import serving_control
from faults import Faults
from inference import ai_inference, classifier, feature_cache, feature_store
from local_s3 import LocalS3
from scoreboard import Scoreboard
from slow_proxy import SlowProxy

SERVICE_NAMES = {"jaeger": "ai-inference", "otlp": "ai-inference-otlp"}
FLUSH_TIMEOUT_S = 5


def positive(text):
    """A number above zero, for a flag."""
    number = float(text)
    if not 0 < number < float("inf"):
        raise ValueError
    return number


def parse_flags():
    """The flags of the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--exporter", choices=SERVICE_NAMES, default="jaeger", help="how spans leave (%(default)s)")
    parser.add_argument("--agent-port", type=int, default=6831, help="UDP port of the Jaeger agent (%(default)s)")
    parser.add_argument("--otlp-endpoint", default="http://127.0.0.1:4318", help="OTLP/HTTP receiver (%(default)s)")
    parser.add_argument("--service-name", help="ai-inference, or ai-inference-otlp with otlp")
    parser.add_argument("--s3-endpoint", help="an S3 that runs already; without it the service starts its own")
    parser.add_argument("--control-port", type=int, default=0, help="port of the control server (a free one)")
    parser.add_argument("--budget-ms", type=positive, default=200, help="what the storage may take (%(default)s)")
    parser.add_argument("--rate", type=positive, default=2, help="inferences per second (%(default)s)")
    parser.add_argument("--count", type=int, help="stop after so many inferences")
    parser.add_argument("--seed", type=int, default=7, help="for the order of samples and slow requests (%(default)s)")
    return parser.parse_args()


def infer_until(stop, scoreboard, flags):
    """Infers at the given rate until told to stop or the count is reached."""
    samples = random.Random(flags.seed)
    due = time.monotonic()
    attempts = 0
    while not stop.wait(max(0.0, due - time.monotonic())) and attempts != flags.count:
        attempts += 1
        due = max(due + 1 / flags.rate, time.monotonic())
        sample_id = samples.randrange(len(classifier.served.digits))
        try:
            inference = ai_inference(sample_id)
        except (BotoCoreError, ClientError) as error:
            print(f"failed: {error}", flush=True)
            continue
        scoreboard.add(inference, expected=str(classifier.served.digits[sample_id]))
        print(scoreboard.line(), flush=True)


def flush(provider):
    """Sends what is left, but lets no dead receiver hold the exit up."""
    sending = Thread(target=provider.shutdown, daemon=True)
    sending.start()
    sending.join(FLUSH_TIMEOUT_S)


def run(flags, stop):
    """Puts the service together, runs it, and takes it apart again."""
    service_name = flags.service_name or SERVICE_NAMES[flags.exporter]
    if flags.exporter == "jaeger":
        provider = telemetry.use_jaeger(service_name, flags.agent_port)
        receiver = {"agent_port": flags.agent_port}
    else:
        provider = telemetry.use_otlp(service_name, flags.otlp_endpoint)
        receiver = {"otlp_endpoint": flags.otlp_endpoint}
    feature_cache.budget_ms = flags.budget_ms
    scoreboard = Scoreboard()
    with ExitStack() as stack:
        stack.callback(flush, provider)
        s3 = flags.s3_endpoint or stack.enter_context(LocalS3()).endpoint
        proxy = SlowProxy(s3, flags.seed)
        feature_store.connect(stack.enter_context(proxy.serving()))
        feature_store.fill(classifier.served.features)
        faults = Faults(proxy, classifier)

        def read_state():
            model = {"model_version": classifier.version, "budget_ms": flags.budget_ms}
            return {**faults.state(), **model, **scoreboard.state()}

        control = stack.enter_context(serving_control(faults, read_state, flags.control_port))
        console.listen(faults, stop.set)
        ready = {"control": control, "s3": s3, "exporter": flags.exporter, "service": service_name, **receiver}
        print("ready", json.dumps({**ready, "pid": os.getpid()}), flush=True)
        infer_until(stop, scoreboard, flags)


def main():
    stop = Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: stop.set())
    try:
        run(parse_flags(), stop)
    except BrokenPipeError:  # nobody reads on: the parent is gone
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except ModuleNotFoundError as error:
        sys.exit(f"service: {error}; each exporter has an environment of its own, see README.md")
    except (OSError, RuntimeError, BotoCoreError, ClientError) as error:
        sys.exit(f"service: {error}")


if __name__ == "__main__":
    main()
