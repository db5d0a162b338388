"""A proxy in front of S3 that can be made slow: the latency is on the wire, where a network would put it."""

import random
import time
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlsplit

from loopback import QuietHandler, serving

TIMEOUT_S = 30
HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "expect", "content-length"}


def end_to_end(headers):
    """The headers that are meant for the other end, not for the next hop."""
    return [(name, value) for name, value in headers if name.lower() not in HOP_BY_HOP]


class SlowProxy:
    """Passes requests on to S3, all or a share of them late. Both settings may change at any time."""

    def __init__(self, target, seed=7):
        self.delay_ms = 0.0
        self.share = 1.0
        self._target = urlsplit(target)
        self._random = random.Random(seed)

    @contextmanager
    def serving(self):
        """Serves while the `with` block lasts and gives the address."""
        with serving(self._handler()) as endpoint:
            yield endpoint

    def delay(self):
        """Holds this request up, if it is one of the share."""
        if self._random.random() < self.share:
            time.sleep(self.delay_ms / 1000)

    def ask(self, method, path, headers, body):
        """Asks S3 itself: status, headers and body of its answer."""
        kind = HTTPSConnection if self._target.scheme == "https" else HTTPConnection
        connection = kind(self._target.hostname, self._target.port, timeout=TIMEOUT_S)
        try:
            connection.request(method, path, body, dict(headers))
            response = connection.getresponse()
            return response.status, response.getheaders(), response.read()
        finally:
            connection.close()

    def _handler(self):
        proxy = self

        class Handler(QuietHandler):
            def do_GET(self):
                body = self.read_body()
                proxy.delay()
                try:
                    status, headers, content = proxy.ask(
                        self.command, self.path, end_to_end(self.headers.items()), body
                    )
                except (OSError, HTTPException):
                    status, headers, content = 502, [], b""
                self.answer(status, end_to_end(headers), content)

            do_PUT = do_GET

        return Handler
