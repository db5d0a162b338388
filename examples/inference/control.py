"""The control server: reads and switches the faults over HTTP, for programs on this machine only."""

import json
from urllib.parse import urlsplit

from loopback import QuietHandler, serving

MAX_BODY_BYTES = 10_000


class Refusal(Exception):
    """A request that is answered with an error: its status and what is wrong."""

    def __init__(self, status, message):
        super().__init__(message)
        self.status = status


def serving_control(faults, read_state, port=0):
    """Serves `GET /state` and `POST /faults` while the `with` block lasts; gives the address."""

    class Handler(QuietHandler):
        def do_GET(self):
            self.reply(self.get_state)

        def do_POST(self):
            self.reply(self.post_faults)

        def reply(self, handle):
            """Answers with the state, or with the reason why not."""
            try:
                self.refuse_strangers()
                handle()
                status, content = 200, read_state()
            except Refusal as refusal:
                status, content = refusal.status, {"error": str(refusal)}
                self.close_connection = True  # the body may be unread
            body = json.dumps(content).encode() + b"\n"
            self.answer(status, [("Content-Type", "application/json")], body)

        def refuse_strangers(self):
            """Keeps web pages out: they come with an Origin or, through a rebound name, with a foreign Host."""
            port = self.server.server_address[1]
            if self.headers.get("Host") not in (f"127.0.0.1:{port}", f"localhost:{port}"):
                raise Refusal(403, "foreign Host")
            if "Origin" in self.headers:
                raise Refusal(403, "requests with an Origin are refused")

        def get_state(self):
            if urlsplit(self.path).path != "/state":
                raise Refusal(404, "there are GET /state and POST /faults")

        def post_faults(self):
            if urlsplit(self.path).path != "/faults":
                raise Refusal(404, "there are GET /state and POST /faults")
            try:
                faults.change(json.loads(self.read_small_body()))
            except (ValueError, RecursionError) as error:  # bad JSON, bad UTF-8, a bad fault; too deep
                raise Refusal(400, str(error)) from error

        def read_small_body(self):
            length = self.headers.get("Content-Length", "")
            if not (length.isascii() and length.isdigit()):
                raise Refusal(411, "a Content-Length is needed")
            if int(length) > MAX_BODY_BYTES:
                raise Refusal(413, f"at most {MAX_BODY_BYTES} bytes")
            return self.read_body()

    return serving(Handler, port)
