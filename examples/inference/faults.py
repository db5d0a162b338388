"""The faults that can be switched on and off while the service runs."""

MAX_DELAY_MS = 10_000
HEALTHY = {"storage_delay_ms": 0, "storage_share": 1.0, "model": "good"}


def is_number(value):
    """JSON's true and false are numbers to Python, but not to us."""
    return isinstance(value, (int, float)) and not isinstance(value, bool)


RULES = {
    "storage_delay_ms": (
        lambda value: is_number(value) and 0 <= value <= MAX_DELAY_MS,
        f"a number of milliseconds from 0 to {MAX_DELAY_MS}",
    ),
    "storage_share": (
        lambda value: is_number(value) and 0 <= value <= 1,
        "a number from 0 to 1",
    ),
    "model": (
        lambda value: value in ("good", "worse"),
        '"good" or "worse"',
    ),
}


def check(wanted):
    """Raises a ValueError that says what is wrong with the wanted faults, if anything is."""
    if not isinstance(wanted, dict):
        raise ValueError(f"expected an object with any of {', '.join(RULES)}")
    for name, value in wanted.items():
        if name not in RULES:
            raise ValueError(f"unknown fault {name!r}; known are {', '.join(RULES)}")
        is_valid, expected = RULES[name]
        if not is_valid(value):
            raise ValueError(f"{name} must be {expected}")


class Faults:
    """Slow storage and a worse model, applied to the proxy and the classifier that they happen to."""

    def __init__(self, proxy, classifier):
        self._proxy = proxy
        self._classifier = classifier

    def change(self, wanted):
        """Applies any subset of the faults, all of it or, on a ValueError, none."""
        check(wanted)
        faults = {**self.state(), **wanted}
        self._proxy.delay_ms = faults["storage_delay_ms"]
        self._proxy.share = faults["storage_share"]
        self._classifier.use(faults["model"])

    def state(self):
        """The faults as they are now."""
        return {
            "storage_delay_ms": self._proxy.delay_ms,
            "storage_share": self._proxy.share,
            "model": self._classifier.name,
        }
