"""A small HTTP server on this machine's own address, in threads of this process."""

from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from socketserver import ThreadingTCPServer
from threading import Thread


class QuietHandler(BaseHTTPRequestHandler):
    """Keeps connections open, writes each answer in one piece and logs nothing."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1

    def log_message(self, *_):
        pass

    def handle_expect_100(self):
        """Tells a client that waits with its body to go on, at once."""
        go_on = super().handle_expect_100()
        self.wfile.flush()
        return go_on

    def read_body(self):
        """The body of the request; empty when there is none."""
        return self.rfile.read(int(self.headers.get("Content-Length") or 0))

    def answer(self, status, headers, body):
        """Sends the whole answer."""
        self.send_response_only(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class LoopbackServer(ThreadingTCPServer):
    """Serves each connection in a thread that does not outlive the process."""

    allow_reuse_address = True
    daemon_threads = True

    def handle_error(self, *_):
        """A client that hangs up in the middle is no news."""


@contextmanager
def serving(handler, port=0):
    """Serves while the `with` block lasts and gives the address; port 0 takes a free one."""
    with LoopbackServer(("127.0.0.1", port), handler) as server:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
