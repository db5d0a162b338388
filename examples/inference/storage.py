"""The storage: features in S3, one object for each sample, and what to do when they come too late."""

import json
import os
from collections import deque
from urllib.parse import urlsplit

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

BUCKET = "features"
REGION = "us-east-1"
TIMEOUT_S = 30


def connect_s3(endpoint):
    """Opens a client that needs nothing but its endpoint: no profile, no proxy, no instance metadata, no retries."""
    os.environ["AWS_CONFIG_FILE"] = os.environ["AWS_SHARED_CREDENTIALS_FILE"] = os.devnull
    os.environ.pop("AWS_PROFILE", None)
    return boto3.client(
        "s3",
        endpoint_url=endpoint,
        region_name=REGION,
        aws_access_key_id="local",
        aws_secret_access_key="local",
        config=Config(
            s3={"addressing_style": "path"},
            proxies={},
            retries={"total_max_attempts": 1},
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
            connect_timeout=TIMEOUT_S,
            read_timeout=TIMEOUT_S,
        ),
    )


def key_of(sample_id):
    """Where the features of a sample lie in the bucket."""
    return f"digits/{sample_id:04}.json"


class FeatureStore:
    """The features in S3. Connect it before use."""

    def connect(self, endpoint):
        """Talks to the S3 at this address from now on."""
        self._s3 = connect_s3(endpoint)
        self._server = urlsplit(endpoint)

    def fill(self, rows):
        """Puts the features of all samples into the bucket, each under its number."""
        try:
            self._s3.create_bucket(Bucket=BUCKET)
        except ClientError as error:
            if error.response["Error"]["Code"] != "BucketAlreadyOwnedByYou":
                raise
        for sample_id, row in enumerate(rows):
            self._s3.put_object(Bucket=BUCKET, Key=key_of(sample_id), Body=json.dumps(row.tolist()))

    def get(self, sample_id):
        """Fetches the features of one sample: a real GET."""
        answer = self._s3.get_object(Bucket=BUCKET, Key=key_of(sample_id))
        return json.loads(answer["Body"].read())

    def describe_get(self, sample_id):
        """Says in OpenTelemetry's words what `get` asks for, as the instrumentation of botocore does."""
        return {
            "rpc.system": "aws-api",
            "rpc.service": "S3",
            "rpc.method": "GetObject",
            "aws.s3.bucket": BUCKET,
            "aws.s3.key": key_of(sample_id),
            "cloud.region": REGION,
            "server.address": self._server.hostname,
            "server.port": self._server.port or {"http": 80, "https": 443}[self._server.scheme],
        }


class FeatureCache:
    """The last features that came in time, kept for the requests whose own features come too late.

    They are few, so slow storage does not only make predictions wrong: a few of them are all there is.
    """

    def __init__(self, budget_ms=200.0, size=5):
        self.budget_ms = budget_ms
        self._in_time = deque(maxlen=size)

    def choose(self, fetched, latency_ms):
        """Gives the features to predict from, and whether they are stale: those of an older request."""
        if latency_ms <= self.budget_ms or not self._in_time:
            self._in_time.append(fetched)
            return fetched, False
        self._in_time.rotate()
        return self._in_time[0], True
