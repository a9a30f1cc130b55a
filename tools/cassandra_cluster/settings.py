# SPDX-License-Identifier: Apache-2.0
"""What a node is started with: cassandra.yaml, logback.xml and the Java command line."""

import hashlib
import json
import os
import pathlib
import shutil
import socket
import subprocess

from .installed import cache_folder
from .report import say

DAEMON_CLASS = "org.apache.cassandra.service.CassandraDaemon"


class Verbatim(str):
    """YAML text that the user gave."""


def settings_of(cluster, node):
    """The keys of the node's cassandra.yaml; what the user gave comes last and wins."""
    settings = {
        "cluster_name": "coodie",
        "num_tokens": 1,
        "initial_token": node.token,
        "partitioner": "org.apache.cassandra.dht.Murmur3Partitioner",
        "endpoint_snitch": "SimpleSnitch",
        "seed_provider": [{
            "class_name": "org.apache.cassandra.locator.SimpleSeedProvider",
            "parameters": [{"seeds": ",".join(f"{seed}:{node.storage_port}" for seed in node.seeds)}],
        }],
        "listen_address": node.address,
        "rpc_address": node.address,
        "storage_port": node.storage_port,
        "native_transport_port": node.port,
        "commitlog_sync": "periodic",
        "commitlog_sync_period": "10000ms",
        "auto_bootstrap": False,
        "auto_snapshot": False,  # else every TRUNCATE and DROP leaves a snapshot
        "materialized_views_enabled": True,
        "sasi_indexes_enabled": True,
        "user_defined_functions_enabled": True,
        "storage_compatibility_mode": "NONE",
    }
    # A busy test machine is slow, not broken.
    for request in ("read", "range", "write", "counter_write", "truncate"):
        settings[f"{request}_request_timeout"] = "60000ms"
    settings["cas_contention_timeout"] = "60000ms"
    # Among others how long a node waits before it asks a peer a second time whether it is up.
    settings["request_timeout"] = "60000ms" if cluster.nodes == 1 else "1000ms"
    if cluster.name != str(cluster.port):
        settings["cluster_name"] = cluster.name
    if cluster.auth:
        settings |= {"authenticator": "PasswordAuthenticator", "authorizer": "CassandraAuthorizer",
                     "role_manager": "CassandraRoleManager", "permissions_validity": "0ms",
                     "roles_validity": "0ms", "credentials_validity": "0ms"}  # else GRANT shows late
    if cluster.tls:
        settings["client_encryption_options"] = {
            "enabled": True, "optional": False, "require_client_auth": cluster.mutual_tls,
            "ssl_context_factory": {"class_name": "org.apache.cassandra.security.PEMBasedSslContextFactory"},
            "keystore": str(cluster.certificates / f"{cluster.certificate}.pem"),
            "truststore": str(cluster.certificates / "ca.pem"),
        }
    settings.update((key, Verbatim(value)) for key, value in cluster.yaml)
    return settings


def yaml_of(cluster, node):
    return "".join(f"{key}: {value if isinstance(value, Verbatim) else json.dumps(value)}\n"  # JSON is YAML
                   for key, value in settings_of(cluster, node).items())


LOGBACK = """<configuration>
  <appender name="FILE" class="ch.qos.logback.core.FileAppender">
    <file>{file}</file>
    <encoder><pattern>%-5level [%thread] %date{{ISO8601}} %F:%L - %msg%n</pattern></encoder>
  </appender>
  <root level="INFO"><appender-ref ref="FILE"/></root>
</configuration>
"""

EXPORTS = ("java.base/jdk.internal.misc java.base/java.lang.ref "
           "java.management.rmi/com.sun.jmx.remote.internal.rmi java.management/com.sun.jmx.remote.security "
           "java.rmi/sun.rmi.registry java.rmi/sun.rmi.server java.sql/java.sql jdk.unsupported/sun.misc").split()
OPENS = [f"java.base/{name}" for name in (
    "java.lang.module jdk.internal.loader jdk.internal.ref jdk.internal.reflect jdk.internal.math "
    "jdk.internal.module jdk.internal.util.jar sun.nio.ch java.io java.lang.reflect java.lang java.util "
    "java.nio").split()] + ["jdk.management/com.sun.management.internal"]


def properties_of(cluster):
    properties = {
        "skip_wait_for_gossip_to_settle": "0", "ring_delay_ms": "1000", "superuser_setup_delay_ms": "0",
        "load_ring_state": "false", "consistent.rangemovement": "false", "shutdown_announce_in_ms": "0",
        # What a node would measure at each start: 1 s of both cores, 10 s of a busy machine.
        "memtable.row_overhead_size": "180",
    }
    if cluster.nodes == 1:
        # DDL four times as fast. kill -9 then loses the schema, SIGTERM does not; a ring must survive kill -9.
        properties["test.flush_local_schema_changes"] = "false"
    else:
        properties["shutdown_announce_in_ms"] = "500"  # at 0 a peer may miss the announcement
    if cluster.auth:
        # Logins must outlive the loss of a node, and hashing a password is not what tests wait for.
        properties |= {"system_auth.default_rf": str(cluster.nodes), "auth_bcrypt_gensalt_log2_rounds": "4"}
    return properties


def java_command(java, jars, cluster, node):
    jamm = next(jar for jar in jars if jar.name.startswith("jamm-"))
    heap = [f"-Xms{cluster.heap_size}" if cluster.benchmark else "-Xms64m", f"-Xmx{cluster.heap_size}", "-Xss384k",
            "-XX:+UseSerialGC"]
    # The first compiler alone starts faster; a benchmark wants the second one, too.
    compiler = [] if cluster.benchmark else ["-XX:TieredStopAtLevel=1"]
    command = [java, f"-javaagent:{jamm}", "-Djdk.attach.allowAttachSelf=true", "-Dio.netty.tryReflectionSetAccessible=true"]
    command += [f"--add-exports={name}=ALL-UNNAMED" for name in EXPORTS]
    command += [f"--add-opens={name}=ALL-UNNAMED" for name in OPENS]
    command += heap + compiler + class_archive(java, jars, node, command)
    command += [f"-Dcassandra.{key}={value}" for key, value in properties_of(cluster).items()]
    command += [
        f"-Dcassandra.config={(node.folder / 'cassandra.yaml').as_uri()}",
        storage_option(node),
        f"-Dcassandra.logdir={node.logs}",
        f"-Dlogback.configurationFile={node.folder / 'logback.xml'}",
        "-Dcassandra-foreground=yes",
        f"-Djdk.net.hosts.file={node.folder / 'hosts'}",  # no name server is asked
        *cluster.jvm,
        "-cp", ":".join(str(jar) for jar in jars),
        DAEMON_CLASS,
    ]
    return command


def hosts_of(node):
    names = "".join(f"{address} node{number}\n" for number, address in enumerate(node.seeds, 1))
    return f"127.0.0.1 localhost\n{node.address} {socket.gethostname()}\n{names}"


def storage_option(node):
    """Marks the process as this node's: no other process carries it."""
    return f"-Dcassandra.storagedir={node.folder}"


def class_archive(java, jars, node, command):
    """Options for a shared class archive, which takes seconds off a start. The first run makes it as it ends; `stop`
    then moves it into the cache. It fits one Java and one list of jars, so its name carries both. Of several nodes the
    first makes it."""
    version = subprocess.run([java, "-version"], capture_output=True, text=True).stderr
    key = hashlib.sha256("\n".join([version, *map(str, jars), *command[1:]]).encode()).hexdigest()[:16]
    archive = cache_folder() / f"classes-{key}.jsa"
    options = ["-XX:+UnlockDiagnosticVMOptions", "-XX:+AllowArchivingWithJavaAgent"]
    (node.folder / "classes.name").unlink(missing_ok=True)
    if archive.exists():
        return [*options, f"-XX:SharedArchiveFile={archive}"]
    if node.number != 1:
        return []
    (node.folder / "classes.name").write_text(str(archive))
    return [*options, f"-XX:ArchiveClassesAtExit={node.archive_being_made}"]


def keep_class_archive(node):
    name = node.folder / "classes.name"
    if not (name.exists() and node.archive_being_made.exists()):
        return
    target = pathlib.Path(name.read_text())
    scratch = target.with_name(f"{target.name}.{os.getpid()}.partial")
    try:
        shutil.move(node.archive_being_made, scratch)
        os.rename(scratch, target)
    except OSError as error:
        say(f"the class archive could not be kept: {error}")
