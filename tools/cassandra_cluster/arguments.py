# SPDX-License-Identifier: Apache-2.0
"""The command line of tools/cassandra."""

import argparse
import ipaddress

from . import commands
from .certificates import SERVER_CERTIFICATES
from .cluster import DEFAULT_PORT, MAX_NODES


def key_value(text):
    key, separator, value = text.partition("=")
    if not separator or not key:
        raise argparse.ArgumentTypeError(f"{text!r} is not KEY=VALUE")
    return key, value


def port(text):
    if not text.isdecimal() or not 1024 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port from 1024 to 65535")
    return int(text)


def loopback(text):
    try:
        if text == str(address := ipaddress.IPv4Address(text)) and address.is_loopback:
            return text
    except ValueError:
        pass
    raise argparse.ArgumentTypeError(f"{text!r} is no loopback address, 127.x.y.z")


def cluster_name(text):
    if not text or text in (".", "..") or not all(letter.isalnum() or letter in "._-" for letter in text):
        raise argparse.ArgumentTypeError(f"{text!r} is no name: letters, digits, '.', '_' and '-'")
    return text


def process_id(text):
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no process id")
    return int(text)


def add_choice_of_cluster(command):
    command.add_argument("--name", type=cluster_name, help="names the cluster (default: its port)")
    command.add_argument("--port", type=port, help=f"native protocol port of every node (default {DEFAULT_PORT})")
    command.add_argument("--folder", help="data, logs, settings (default: one per name under "
                                          "${XDG_STATE_HOME:-~/.local/state}/coodie/cassandra)")
    command.add_argument("--wait", type=float, help="seconds for what takes time")


def add_node_settings(command):
    command.add_argument("--certificate", choices=SERVER_CERTIFICATES, help="what a node presents under TLS; see `certificates`")
    command.add_argument("--option", "--yaml", dest="yaml", type=key_value, action="append", default=[], metavar="KEY=VALUE",
                         help="a key of cassandra.yaml with its YAML value; repeatable")
    command.add_argument("--jvm", action="append", default=[], metavar="OPTION",
                         help="a JVM option, as --jvm=-Dx=y; repeatable")


def add_start(add):
    command = add("start", commands.start, "start the nodes that do not run, wait until all are ready, print HOST:PORT[,HOST:PORT...]")
    add_choice_of_cluster(command)
    command.add_argument("--nodes", type=int, choices=range(1, MAX_NODES + 1), help="default 1")
    command.add_argument("--auth", action="store_true", help="passwords and permissions; superuser cassandra, password cassandra")
    command.add_argument("--tls", action="store_true", help="clients must use TLS")
    command.add_argument("--mutual-tls", action="store_true", help="and present a certificate")
    add_node_settings(command)
    command.add_argument("--owner", type=process_id, metavar="PID", help="the nodes end when this process is gone, however it ends")
    command.add_argument("--fresh", action="store_true", help="begin with an empty database")
    command.add_argument("--heap", help="default 512m for one node, 256m each for more")
    command.add_argument("--benchmark", action="store_true", help="slower start, faster nodes")
    command.add_argument("--address", type=loopback, help="of the first node, the others follow (default 127.0.0.1)")
    command.add_argument("--storage-port", type=port, help="between nodes (default: the native port - 2000)")


def parser_of(description):
    parser = argparse.ArgumentParser(prog="tools/cassandra", description=description,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    subparsers = parser.add_subparsers(dest="command", required=True)

    def add(name, function, summary):
        command = subparsers.add_parser(name, help=summary, description=summary)
        command.set_defaults(function=function)
        return command

    def add_for_node(name, function, summary):
        command = add(name, function, summary)
        command.add_argument("node", type=int, metavar="NODE", help="from 1")
        add_choice_of_cluster(command)
        return command

    add_start(add)
    stop = add("stop", commands.stop, "end the nodes, or one of them, with SIGTERM")
    stop.add_argument("node", type=int, nargs="?", metavar="NODE", help="only this one")
    add_choice_of_cluster(stop)
    status = add("status", commands.status, "pid, address and state of each node; exit code 0 all ready, 1 not, 3 none runs")
    add_choice_of_cluster(status)
    log = add_for_node("log", commands.log, "the end of a node's logs")
    log.add_argument("--lines", type=int, default=100, help="default %(default)s")
    add_for_node("kill", commands.kill, "SIGKILL")
    add_for_node("pause", commands.pause, "SIGSTOP")
    add_for_node("resume", commands.resume, "SIGCONT")
    restart = add_for_node("restart", commands.restart, "end a node if it runs, start it as before plus the options here, wait until it is ready")
    add_node_settings(restart)
    certificates = add("certificates", commands.certificates, "only make certificates for tests of TLS in a new folder")
    certificates.add_argument("into", metavar="FOLDER")
    return parser


def parse(arguments, description):
    options = parser_of(description).parse_args(arguments)
    for name in ("yaml", "jvm"):
        if hasattr(options, name):
            setattr(options, name, tuple(getattr(options, name)))
    return options
