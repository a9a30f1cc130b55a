# SPDX-License-Identifier: Apache-2.0
"""What each command of tools/cassandra does. Each takes the options and returns the exit code."""

import contextlib
import dataclasses
import pathlib
import shutil
import signal
import time

from .certificates import ensure_certificates
from .cluster import DEFAULT_PORT, Cluster, default_folder, default_storage_port
from .installed import ensure_jars, ensure_java, locked
from .native_client import answers, sees
from .processes import end, is_paused, launch, log_tail, process_start_time, refuse_taken_ports, running_pid, send
from .report import Failure, say, tail
from .settings import keep_class_archive

READY_SECONDS = 90  # for one node
READY_SECONDS_PER_NODE = 30  # for each one more
STOP_SECONDS = 60
STOP_SECONDS_OF_SEVERAL = 8
ARCHIVE_SECONDS = 60
EXIT_READY, EXIT_NOT_READY, EXIT_STOPPED = 0, 1, 3


def name_of(options):
    return options.name or str(options.port or DEFAULT_PORT)


def folder_of(options):
    return pathlib.Path(options.folder).resolve() if options.folder else default_folder(name_of(options))


def started_cluster(options):
    cluster = Cluster.load(folder_of(options))
    if cluster is None:
        raise Failure(f"no cluster was started in {folder_of(options)}; --name, --port or --folder choose another")
    return cluster


def asked_settings(options):
    """The settings that the command line gave, by the field of Cluster."""
    given = {name: value for name in ("nodes", "address", "port", "storage_port", "certificate", "heap", "yaml", "jvm", "owner")
             if (value := getattr(options, name, None))}
    given |= {name: True for name in ("auth", "tls", "mutual_tls", "benchmark") if getattr(options, name, False)}
    if "mutual_tls" in given or "certificate" in given:
        given["tls"] = True
    return given


# ------------------------------------------------------------------------------------------------------------ start


def start(options):
    folder = folder_of(options)
    with locked(folder / "lock"):
        asked = asked_settings(options)
        if asked.get("owner") and process_start_time(asked["owner"]) is None:
            raise Failure(f"--owner {asked['owner']}: no such process")
        before = Cluster.load(folder)
        if before and any(running_pid(node) for node in before.members()):
            cluster = running_cluster(before, asked)
        else:
            cluster = new_cluster(options, folder, before, asked)
        bring_up(cluster, [node for node in cluster.members() if running_pid(node) is None], options)
    if cluster.tls:
        say(f"certificates: {cluster.certificates}")
    print(cluster.endpoints)
    return EXIT_READY


def running_cluster(before, asked):
    """`before`, unless the command line asks for another; what it does not say is as it is."""
    differing = [f"{name} {getattr(before, name)}" for name, value in asked.items()
                 if name != "owner" and getattr(before, name) != value]
    if differing:
        raise Failure(f"cluster {before.name} runs with {', '.join(differing)}; use stop, then start")
    if asked.get("owner", before.owner) != before.owner:
        say(f"cluster {before.name} runs already and ends with {f'process {before.owner}' if before.owner else 'stop'}, "
            f"not with process {asked['owner']}")
    return before


def new_cluster(options, folder, before, asked):
    asked.setdefault("storage_port", default_storage_port(asked.get("port", DEFAULT_PORT)))
    cluster = Cluster(name=name_of(options), folder=folder, **asked)
    if before and not options.fresh:
        changed = [f"{name} {getattr(before, name)}" for name in Cluster.IDENTITY if getattr(before, name) != getattr(cluster, name)]
        if changed:
            raise Failure(f"the data of cluster {cluster.name} is from {', '.join(changed)}; ask for the same, "
                          "or add --fresh to begin with an empty database")
    for node in cluster.members():
        refuse_taken_ports(node)
    folder.mkdir(parents=True, exist_ok=True)
    if before and before.members() != cluster.members():
        shutil.rmtree(cluster.certificates, ignore_errors=True)  # they name the addresses of before
    if cluster.tls:
        ensure_certificates(cluster.certificates, [node.address for node in cluster.members()])
    cluster.save()
    return cluster


def bring_up(cluster, nodes, options):
    """Starts `nodes` all at once and waits for the whole cluster."""
    if nodes:
        java, jars = ensure_java(), ensure_jars()
    processes = {}
    try:
        for node in nodes:
            processes[node] = launch(cluster, node, java, jars, owner=cluster.owner, fresh=options.fresh)
        wait = options.wait or READY_SECONDS + READY_SECONDS_PER_NODE * (cluster.nodes - 1)
        wait_until_ready(cluster, cluster.members(), processes, wait)
    except (Failure, KeyboardInterrupt):
        end(nodes, 0)
        raise


def wait_until_ready(cluster, nodes, processes, seconds):
    """Until each of `nodes` answers, lets one log in and knows all others; `processes` are those begun just now."""
    deadline = time.monotonic() + seconds
    everybody = not any(is_away(node) for node in cluster.members())
    waiting = list(nodes)
    while waiting:
        for node in nodes:
            process = processes.get(node)
            if process and process.poll() is not None:
                raise Failure(f"node {node.number} at {node.endpoint} ended at its start, exit code {process.returncode}\n"
                              f"{log_tail(node)}")
        waiting = [node for node in waiting if not is_ready(cluster, node, everybody) or
                   (everybody and node in processes and not saw_all_up(cluster, node))]
        if waiting and time.monotonic() > deadline:
            raise Failure(f"not ready within {seconds:g} s: " +
                          "\n".join(f"node {node.number} at {node.endpoint}\n{log_tail(node)}" for node in waiting))
        if waiting:
            time.sleep(0.1)


def is_away(node):
    pid = running_pid(node)
    return pid is None or is_paused(pid)


def is_ready(cluster, node, everybody):
    if not answers(cluster, node):
        return False
    if cluster.nodes == 1 and not cluster.auth:
        return True  # nobody to wait for
    return not everybody or sees(cluster, node, cluster.nodes - 1)


def saw_all_up(cluster, node):
    """Whether a node that began just now has written that the others are up: only then do they hear of its end."""
    try:
        text = (node.logs / "system.log").read_text(errors="replace")
    except OSError:
        return False
    return all(f"InetAddress /{other.address}:{other.storage_port} is now UP" in text
               for other in cluster.members() if other != node)


# ------------------------------------------------------------------------------------------------- stop and restart


def stop_seconds(cluster, nodes):
    """From SIGTERM to SIGKILL. A node announces its end at once, then waits a minute for each peer that was killed; SIGKILL
    loses nothing by then, the commit log is with the kernel."""
    if any((node.folder / "classes.name").exists() for node in nodes):
        return ARCHIVE_SECONDS
    return STOP_SECONDS if cluster.nodes == 1 else STOP_SECONDS_OF_SEVERAL


def stop(options):
    with locked(folder_of(options) / "lock"):
        cluster = Cluster.load(folder_of(options))
        nodes = [] if cluster is None else [cluster.member(options.node)] if options.node else cluster.members()
        stopped = [node for node in nodes if running_pid(node) is not None]
        if not stopped:
            say(f"no node of {folder_of(options)} runs")
            return 0
        grace = options.wait or stop_seconds(cluster, stopped)
        stubborn = end(stopped, grace)
        for node in stopped:
            if node not in stubborn:
                keep_class_archive(node)
            elif cluster.nodes == 1:
                say(f"node {node.number} did not end within {grace:g} s of SIGTERM and was killed")
            node.archive_being_made.unlink(missing_ok=True)
    return 0


def restart(options):
    with locked(folder_of(options) / "lock"):
        cluster = started_cluster(options)
        asked = asked_settings(options)
        asked.pop("port", None)  # it only named the cluster
        asked.pop("tls", None)
        if asked.get("certificate") and not cluster.tls:
            raise Failure(f"cluster {cluster.name} runs without TLS")
        asked = {name: (*getattr(cluster, name), *value) if name in ("yaml", "jvm") else value for name, value in asked.items()}
        node = cluster.member(options.node)
        changed = dataclasses.replace(cluster, **asked)
        end([node], options.wait or stop_seconds(cluster, [node]))
        process = launch(changed, node, ensure_java(), ensure_jars(), owner=cluster.owner)
        wait_until_ready(cluster, [node], {node: process}, options.wait or READY_SECONDS)
    print(node.endpoint)
    return 0


# ----------------------------------------------------------------------------------------------------------- faults


def signal_node(options, number, done):
    cluster = started_cluster(options)
    node = cluster.member(options.node)
    pid = running_pid(node)
    if pid is None:
        raise Failure(f"node {node.number} at {node.endpoint} does not run")
    started = process_start_time(pid)
    send(pid, started, number)
    deadline = time.monotonic() + 10
    while process_start_time(pid) == started and not done(pid):
        if time.monotonic() > deadline:
            raise Failure(f"pid {pid} of node {node.number} does not follow {signal.Signals(number).name}")
        time.sleep(0.01)
    return node


def kill(options):
    signal_node(options, signal.SIGKILL, lambda pid: False).pid_file.unlink(missing_ok=True)
    return 0


def pause(options):
    signal_node(options, signal.SIGSTOP, is_paused)
    return 0


def resume(options):
    signal_node(options, signal.SIGCONT, lambda pid: not is_paused(pid))
    return 0


# ------------------------------------------------------------------------------------------------------ what it does


def status(options):
    cluster = Cluster.load(folder_of(options))
    if cluster is None:
        print(f"stopped: no node of {folder_of(options)} runs")
        return EXIT_STOPPED
    states = []
    for node in cluster.members():
        pid = running_pid(node)
        state = "stopped" if pid is None else "paused" if is_paused(pid) else "ready" if answers(cluster, node) else "not ready"
        states.append(state)
        print(f"node {node.number} {state}: {f'pid {pid}, ' if pid else ''}{node.endpoint}, folder {node.folder}")
    if cluster.tls:
        print(f"certificates: {cluster.certificates}")
    return (EXIT_READY if set(states) == {"ready"} else EXIT_STOPPED if set(states) == {"stopped"} else EXIT_NOT_READY)


def log(options):
    node = started_cluster(options).member(options.node)
    for name in ("output.log", "system.log"):
        path = node.logs / name
        if not path.exists():
            continue
        say(str(path))
        with contextlib.suppress(BrokenPipeError):
            print(tail(path.read_text(errors="replace"), options.lines), flush=True)
    return 0


def certificates(options):
    print(ensure_certificates(pathlib.Path(options.into).resolve()))
    return 0
