"""The stories the sample tells, on a real S3 behind the slow proxy: `python -m unittest discover tests`."""

import http.client
import json
import os
import signal
import subprocess
import sys
import unittest
from contextlib import ExitStack
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

SERVICE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(SERVICE))

from console import parse  # noqa: E402
from control import serving_control  # noqa: E402
from faults import HEALTHY, Faults  # noqa: E402
from inference import ai_inference, classifier, feature_cache, feature_store  # noqa: E402
from local_s3 import LocalS3  # noqa: E402
from loopback import QuietHandler, serving  # noqa: E402
from slow_proxy import SlowProxy  # noqa: E402

EXPORTER = "jaeger" if find_spec("opentelemetry.exporter.jaeger") else "otlp"


def infer(count):
    """Runs some inferences: what they came to, and the share that was right."""
    inferences = [ai_inference(sample_id) for sample_id in range(count)]
    right = [one.prediction == str(digit) for one, digit in zip(inferences, classifier.served.digits)]
    return inferences, sum(right) / count


class TakesAll(QuietHandler):
    """A receiver that takes whatever is posted."""

    def do_POST(self):
        self.read_body()
        self.answer(200, [("Content-Type", "application/x-protobuf")], b"")


class PipelineTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        stack = ExitStack()
        cls.addClassCleanup(stack.close)
        proxy = SlowProxy(stack.enter_context(LocalS3()).endpoint)
        feature_store.connect(stack.enter_context(proxy.serving()))
        feature_store.fill(classifier.served.features[:60])
        cls.faults = Faults(proxy, classifier)
        cls.control = urlsplit(stack.enter_context(serving_control(cls.faults, cls.faults.state)))

    def setUp(self):
        feature_cache.budget_ms = 100
        self.faults.change(HEALTHY)

    def ask(self, method, path, body=None, headers=None):
        connection = http.client.HTTPConnection(self.control.hostname, self.control.port, timeout=5)
        self.addCleanup(connection.close)
        connection.request(method, path, body, headers or {})
        response = connection.getresponse()
        return response.status, json.loads(response.read())

    def test_healthy(self):
        inferences, right = infer(60)
        self.assertGreater(right, 0.9)
        self.assertFalse(any(one.is_stale for one in inferences))
        self.assertTrue(all(0 < one.storage_latency_ms < 100 for one in inferences))

    def test_slow_storage_makes_features_stale_and_predictions_worse(self):
        infer(20)
        self.faults.change({"storage_delay_ms": 120})
        inferences, right = infer(20)
        self.assertLess(right, 0.5)
        self.assertTrue(all(one.is_stale for one in inferences))
        self.assertTrue(all(120 <= one.storage_latency_ms < 500 for one in inferences))

    def test_worse_model_makes_predictions_worse_with_fast_storage(self):
        self.faults.change({"model": "worse"})
        inferences, right = infer(60)
        self.assertLess(right, 0.8)
        self.assertTrue(all(one.storage_latency_ms < 100 and not one.is_stale for one in inferences))
        self.assertEqual({one.model_version for one in inferences}, {"v2"})

    def test_storage_share(self):
        self.faults.change({"storage_delay_ms": 120, "storage_share": 0.3})
        slow = sum(one.storage_latency_ms >= 120 for one in infer(60)[0])
        self.assertTrue(8 <= slow <= 30, slow)

    def test_control_switches_any_subset(self):
        status, state = self.ask("POST", "/faults", '{"storage_delay_ms": 450, "model": "worse"}')
        self.assertEqual((status, state), (200, {"storage_delay_ms": 450, "storage_share": 1.0, "model": "worse"}))
        self.assertEqual(self.ask("GET", "/state"), (200, state))

    def test_control_refuses_bad_input_and_changes_nothing(self):
        for body in (
            "", "{", "[]", "\udcff", "[" * 9000,
            '{"delay": 1}', '{"storage_delay_ms": -1}', '{"storage_delay_ms": NaN}',
            '{"storage_delay_ms": true}', '{"storage_share": 1.1}', '{"model": "worse", "storage_share": "all"}',
        ):  # fmt: skip
            status, answer = self.ask("POST", "/faults", body.encode(errors="surrogateescape"))
            self.assertEqual((status, list(answer)), (400, ["error"]), body[:50])
        self.assertEqual(self.faults.state(), HEALTHY)

    def test_control_refuses_strangers(self):
        self.assertEqual(self.ask("GET", "/state", headers={"Host": "evil.example"})[0], 403)
        self.assertEqual(self.ask("POST", "/faults", "{}", {"Origin": "http://127.0.0.1"})[0], 403)
        self.assertEqual(self.ask("GET", "/")[0], 404)

    def test_console(self):
        self.assertEqual(parse("slow"), {"storage_delay_ms": 450, "storage_share": 1})
        self.assertEqual(parse("slow 300 0.3"), {"storage_delay_ms": 300, "storage_share": 0.3})
        for line in ("slow a", "slow 1 1 1", "faster"):
            self.assertRaises(ValueError, parse, line)


class ServiceTest(unittest.TestCase):
    def start(self, *flags):
        """Starts the service with nobody to export to, and gives it with its ready line."""
        command = [sys.executable, "service.py", "--exporter", EXPORTER, "--agent-port", "9", "--rate", "10"]
        command += ["--otlp-endpoint", "http://127.0.0.1:9", *flags]
        pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        service = subprocess.Popen(command, cwd=SERVICE, text=True, **pipes)
        self.addCleanup(service.communicate)
        self.addCleanup(service.kill)
        word, ready = service.stdout.readline().split(" ", 1)
        self.assertEqual(word, "ready")
        return service, json.loads(ready)

    @unittest.skipIf(EXPORTER == "jaeger", "who receives UDP does not answer")
    def test_says_when_spans_begin_to_arrive_however_late_the_receiver_comes(self):
        with serving(QuietHandler) as endpoint:
            port = urlsplit(endpoint).port  # free again after this
        service, ready = self.start("--otlp-endpoint", endpoint)
        while "telemetry: " not in (line := service.stderr.readline()):
            self.assertNotEqual(line, "", "the service has ended")
        with serving(TakesAll, port):
            while not (line := service.stdout.readline()).startswith("spans "):
                self.assertNotEqual(line, "", "the service has ended")
            self.assertEqual(line, f"spans arrive at {endpoint}\n")

    def assert_gone(self, endpoint):
        server = urlsplit(endpoint)
        connection = http.client.HTTPConnection(server.hostname, server.port, timeout=5)
        self.assertRaises(ConnectionRefusedError, connection.connect)

    def test_stops_after_the_count_and_goes_on_without_a_receiver(self):
        service, ready = self.start("--count", "3")
        out, err = service.communicate(timeout=20)
        self.assertEqual((service.returncode, out.count("prediction")), (0, 3))
        self.assertNotIn("Traceback", err)
        self.assert_gone(ready["s3"])

    @unittest.skipIf(os.name == "nt", "Windows has no SIGTERM to handle")
    def test_ends_with_its_children_on_sigterm(self):
        service, ready = self.start()
        service.stdout.readline()
        service.send_signal(signal.SIGTERM)
        self.assertEqual(service.wait(timeout=20), 0)
        self.assert_gone(ready["s3"])
