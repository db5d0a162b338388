"""An S3 on this machine: moto's server in a child process, which ends when its parent does."""

import os
import signal
import subprocess
import sys

START_TIMEOUT_S = 60


class LocalS3:
    """Runs the child while the `with` block lasts; `endpoint` is its address."""

    def __enter__(self):
        # The child reads its stdin to the end: the system closes that pipe however the parent dies.
        self._child = subprocess.Popen(
            [sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.endpoint = self._child.stdout.readline().strip()
        if not self.endpoint:
            raise RuntimeError(f"the local S3 did not start (exit code {self._child.wait(START_TIMEOUT_S)})")
        return self

    def __exit__(self, *_):
        self._child.stdin.close()
        self._child.stdout.close()
        try:
            self._child.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.wait()


def serve_until_parent_ends():
    """The child: serves S3 on a free port, prints its address, and ends with its stdin."""
    import logging

    from moto.server import ThreadedMotoServer

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C reaches the whole group; the parent decides when to end
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    print(f"http://{host}:{port}", flush=True)
    sys.stdin.read()
    os._exit(0)


if __name__ == "__main__":
    serve_until_parent_ends()
