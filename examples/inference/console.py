"""The console: the same faults by a line on stdin."""

import json
import signal
import sys
from threading import Thread

from faults import HEALTHY

HELP = """\
slow [MS [SHARE]]  delay the storage: 450 ms for all requests, or `slow 450 0.3` for 30 % of them
fast               end the delay
worse, better      use a worse version of the model, or the good one again
help, quit"""


def parse(line):
    """The faults that a line asks for. Raises a ValueError that says what is wrong with it."""
    match line.split():
        case ["slow", *numbers] if len(numbers) <= 2:
            delay_ms, share = [*map(float, numbers), *(450.0, 1.0)[len(numbers) :]]
            return {"storage_delay_ms": delay_ms, "storage_share": share}
        case ["fast"]:
            return {name: HEALTHY[name] for name in ("storage_delay_ms", "storage_share")}
        case ["worse"]:
            return {"model": "worse"}
        case ["better"]:
            return {"model": HEALTHY["model"]}
    raise ValueError(f"unknown command {line!r}; try help")


def obey(line, faults, quit_service):
    """Does what one line says and gives the answer to print."""
    if line == "quit":
        quit_service()
        return "quitting"
    if line == "help":
        return HELP
    try:
        faults.change(parse(line))
    except ValueError as error:
        return str(error)
    return f"faults {json.dumps(faults.state())}"


def listen(faults, quit_service):
    """Obeys the lines of stdin in a thread; when there are no more of them, the service just goes on."""
    if sys.stdin is None:  # closed from the start: its number may be another file's by now
        return
    if hasattr(signal, "SIGTTIN"):  # as a background job of a terminal: a failing read, not a stopped service
        signal.signal(signal.SIGTTIN, signal.SIG_IGN)

    def read_lines():
        try:
            # Unbuffered: a thread that waits in sys.stdin would hold its lock while Python shuts down.
            with open(0, "rb", buffering=0, closefd=False) as lines:
                for line in lines:
                    if text := line.decode(errors="replace").strip():
                        print(obey(text, faults, quit_service), flush=True)
        except OSError:
            pass

    Thread(target=read_lines, daemon=True).start()
