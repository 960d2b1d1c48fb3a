"""A Ray cluster of several nodes on this machine, of which one is killed in the middle of the reading: run by `test_cluster.py` as a process of its own.

python cluster.py INPUT OUT INCIDENTS
"""

from __future__ import annotations

import os
import sys

os.environ["RAY_USAGE_STATS_ENABLED"] = "0"


def main() -> None:
    """Read and group on three nodes; after the first partition is done one of those that work is killed, and another comes."""
    import ray
    from ray.cluster_utils import Cluster

    from marsad.scale import Reads, incidents, read, start

    source, out, to = sys.argv[1:]
    cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 0})
    nodes = [cluster.add_node(num_cpus=1) for _ in range(2)]
    start("ray", address=cluster.address)
    killed = False
    for step in read(Reads((source,), out, 6)):
        print(step, flush=True)
        if step.stage == "reading" and step.done and not killed:
            cluster.remove_node(nodes[0], allow_graceful=False)
            cluster.add_node(num_cpus=1)
            killed = True
            print("killed a node", flush=True)
    for step in incidents(out, to, bins=2):
        print(step, flush=True)
    ray.shutdown()
    cluster.shutdown()


if __name__ == "__main__":
    main()
