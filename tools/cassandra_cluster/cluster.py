# SPDX-License-Identifier: Apache-2.0
"""A cluster and its nodes as plain data: where they listen, what they own, and the file that remembers it.

Layout of a cluster's folder, ${XDG_STATE_HOME:-~/.local/state}/coodie/cassandra/NAME unless --folder says otherwise:

    cluster.json     how it was started
    lock             held while start, stop and restart work
    tls/             certificates (certificates.py tells which)
    nodeN/           cassandra.yaml, logback.xml, data, node.json (pid), logs/system.log, logs/output.log
"""

import dataclasses
import ipaddress
import json
import os
import pathlib

from .report import Failure

MAX_NODES = 4
DEFAULT_PORT = 19042
STORAGE_PORT_DISTANCE = 2000  # storage port = native port - 2000, so that clusters on different ports never meet
MIN_TOKEN = -(2**63)


@dataclasses.dataclass(frozen=True)
class Node:
    """One node of a cluster; `number` counts from 1."""

    number: int
    address: str
    port: int
    storage_port: int
    folder: pathlib.Path
    token: int = 0
    seeds: tuple = ()

    @property
    def endpoint(self):
        return f"{self.address}:{self.port}"

    @property
    def pid_file(self):
        return self.folder / "node.json"

    @property
    def logs(self):
        return self.folder / "logs"

    @property
    def archive_being_made(self):
        return self.folder / "classes.jsa"


@dataclasses.dataclass(frozen=True)
class Cluster:
    """How a cluster is started. What is here is kept in cluster.json, so that `restart` starts a node the same way."""

    name: str
    folder: pathlib.Path
    nodes: int = 1
    address: str = "127.0.0.1"  # of the first node; the others follow it
    port: int = DEFAULT_PORT
    storage_port: int = DEFAULT_PORT - STORAGE_PORT_DISTANCE
    auth: bool = False
    tls: bool = False
    mutual_tls: bool = False
    certificate: str = "server"
    heap: str = ""
    benchmark: bool = False
    owner: int = 0  # the process with which the nodes end; 0: none
    yaml: tuple = ()  # pairs of key and YAML text
    jvm: tuple = ()

    # What the data on disk depends on: changing it needs an empty database.
    IDENTITY = ("nodes", "address", "port", "storage_port")

    @property
    def state_file(self):
        return self.folder / "cluster.json"

    @property
    def certificates(self):
        return self.folder / "tls"

    @property
    def heap_size(self):
        return self.heap or ("512m" if self.nodes == 1 else "256m")

    def members(self):
        first = ipaddress.ip_address(self.address)
        addresses = tuple(str(first + number) for number in range(self.nodes))
        return [Node(number + 1, address, self.port, self.storage_port, (self.folder / f"node{number + 1}").resolve(),
                     token, addresses)
                for number, (address, token) in enumerate(zip(addresses, tokens(self.nodes)))]

    def member(self, number):
        if not 1 <= number <= self.nodes:
            raise Failure(f"cluster {self.name} has nodes 1 to {self.nodes}, no node {number}")
        return self.members()[number - 1]

    @property
    def endpoints(self):
        return ",".join(node.endpoint for node in self.members())

    def settings(self):
        """All but name and folder, as JSON takes it."""
        values = dataclasses.asdict(self)
        del values["name"], values["folder"]
        return json.loads(json.dumps(values))

    def save(self):
        scratch = self.state_file.with_suffix(".partial")
        scratch.write_text(json.dumps({"name": self.name, **self.settings()}, indent=2) + "\n")
        os.replace(scratch, self.state_file)

    @staticmethod
    def load(folder):
        """The cluster that was started in `folder`; None when there is none."""
        try:
            values = json.loads((folder / "cluster.json").read_text())
            values["yaml"] = tuple((key, value) for key, value in values["yaml"])
            values["jvm"] = tuple(values["jvm"])
            return Cluster(folder=folder, **values)
        except FileNotFoundError:
            return None
        except (ValueError, KeyError, TypeError) as error:
            raise Failure(f"{folder / 'cluster.json'} is damaged ({error}); remove {folder} and start again") from error


def tokens(nodes):
    """Evenly spaced over Murmur3's ring; a lone node keeps 0."""
    return [0] if nodes == 1 else [MIN_TOKEN + number * 2**64 // nodes for number in range(nodes)]


def default_storage_port(port):
    return port - STORAGE_PORT_DISTANCE if port - STORAGE_PORT_DISTANCE >= 1024 else port + STORAGE_PORT_DISTANCE


def default_folder(name):
    state = os.environ.get("XDG_STATE_HOME") or os.path.expanduser("~/.local/state")
    return pathlib.Path(state) / "coodie" / "cassandra" / name
