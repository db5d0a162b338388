"""The scoreboard: how many of the last predictions were right.

It knows the right answers, which a real service could not know in time: no span carries them.
"""

from collections import deque

SCORED_INFERENCES = 50


class Scoreboard:
    """Counts the inferences of this run and scores the last of them."""

    def __init__(self):
        self.inferences = 0
        self.last = None
        self._correct = deque(maxlen=SCORED_INFERENCES)

    def add(self, inference, expected):
        """Counts one inference."""
        self.inferences += 1
        self.last = inference
        self._correct.append(inference.prediction == expected)

    def correct_share(self):
        """The share of the last predictions that were right; None before the first."""
        return sum(self._correct) / len(self._correct) if self._correct else None

    def state(self):
        """The score and the last inference, for JSON."""
        return {
            "inferences": self.inferences,
            "correct_share": self.correct_share(),
            "last": self.last and self.last._asdict(),
        }

    def line(self):
        """The score and the last inference, for people."""
        freshness = "stale" if self.last.is_stale else "fresh"
        return (
            f"#{self.inferences}  storage {self.last.storage_latency_ms:6.1f} ms  {freshness}"
            f"  model {self.last.model_version}  prediction {self.last.prediction}"
            f"  correct {self.correct_share():4.0%} of the last {len(self._correct)}"
        )
