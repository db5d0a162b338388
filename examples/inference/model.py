"""The model: scikit-learn's digits, and a classifier in two versions, a good one and a worse one."""

from typing import NamedTuple

import numpy as np
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split
from sklearn.svm import SVC

SERVED_SAMPLES = 200


class DigitData(NamedTuple):
    """Pictures of 8 × 8 grey values as rows of 64 features, and the digit each one shows."""

    features: np.ndarray
    digits: np.ndarray


def load_data():
    """Splits the digits into those to train on and those to serve, the same way each time."""
    features, digits = load_digits(return_X_y=True)
    split = train_test_split(features, digits, test_size=SERVED_SAMPLES, stratify=digits, random_state=0)
    train_features, served_features, train_digits, served_digits = split
    return DigitData(train_features, train_digits), DigitData(served_features, served_digits)


def one_of_each(data):
    """Keeps the first picture of each digit: too little to learn from."""
    _, first = np.unique(data.digits, return_index=True)
    return DigitData(data.features[first], data.digits[first])


def train(data):
    """Trains the classifier of scikit-learn's own digits example."""
    return SVC(gamma=0.001).fit(data.features, data.digits)


class DigitClassifier:
    """Predicts with one of two trained versions; `use` swaps them while the service runs, as a bad deployment would."""

    def __init__(self):
        training, self.served = load_data()
        self._versions = {
            "good": ("v1", train(training)),
            "worse": ("v2", train(one_of_each(training))),
        }
        self.use("good")

    def use(self, name):
        """Predicts with the version of this name from now on."""
        self.version, self._classifier = self._versions[name]
        self.name = name

    def predict(self, features):
        """The digit as a label, such as "7"."""
        return str(self._classifier.predict([features])[0])
