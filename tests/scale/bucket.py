"""Reading, grouping and loading over an object store, served here: run by `test_object_store.py` as a process of its own, since keys are in the environment.

python bucket.py INPUT DATABASE
"""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Everything in buckets; prints the names of what is kept there in the end."""
    import boto3
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    _, port = server.get_host_and_port()
    told = {"ACCESS_KEY_ID": "x", "SECRET_ACCESS_KEY": "y", "REGION": "us-east-1", "DEFAULT_REGION": "us-east-1", "EC2_METADATA_DISABLED": "true"}
    os.environ.update({f"AWS_{name}": value for name, value in told.items()}, AWS_ENDPOINT_URL=f"http://127.0.0.1:{port}")
    store = boto3.client("s3")
    for bucket in ("news", "work"):
        store.create_bucket(Bucket=bucket)
    store.upload_file(sys.argv[1], "news", "2018/reports.jsonl")

    from marsad.scale import Reads, incidents, load, read, start

    start(jobs=1)
    for step in (*read(Reads(("s3://news/2018/*.jsonl",), "s3://work/out", 2)), *incidents("s3://work/out", "s3://work/made")):
        print(step)
    for step in load("s3://work/made", sys.argv[2]):
        print(step)
    print("kept:", *(found["Key"] for found in store.list_objects_v2(Bucket="work")["Contents"]))
    server.stop()


if __name__ == "__main__":
    main()
