#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""tools/cassandra without a Cassandra: what it would start, what it refuses, what it tells of nothing."""

import json
import os
import pathlib
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
import unittest

sys.dont_write_bytecode = True
TOOLS = pathlib.Path(__file__).resolve().parents[2] / "tools"
sys.path.insert(0, str(TOOLS))
from cassandra_cluster import certificates, cluster, native_client, processes, settings  # noqa: E402


def tool(*arguments, state):
    environment = dict(os.environ, XDG_STATE_HOME=str(state))
    return subprocess.run([sys.executable, str(TOOLS / "cassandra"), *arguments], capture_output=True, text=True, timeout=60,
                          env=environment)


class WithFolder(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.folder = pathlib.Path(holder.name).resolve()

    def ring(self, **changes):
        return cluster.Cluster(**{"name": "ring", "folder": self.folder, "nodes": 3, "port": 19142, "storage_port": 17142, **changes})


class Layout(WithFolder):
    def test_tokens_are_evenly_spaced(self):
        self.assertEqual(cluster.tokens(1), [0])
        self.assertEqual(cluster.tokens(3), [-9223372036854775808, -3074457345618258603, 3074457345618258602])
        self.assertEqual(cluster.tokens(4), [-2**63, -2**62, 0, 2**62])

    def test_nodes_follow_each_other_on_loopback(self):
        nodes = self.ring(nodes=4).members()
        self.assertEqual([node.endpoint for node in nodes], [f"127.0.0.{number}:19142" for number in (1, 2, 3, 4)])
        self.assertEqual(len({node.folder for node in nodes}), 4)
        self.assertEqual(self.ring(nodes=2).endpoints, "127.0.0.1:19142,127.0.0.2:19142")

    def test_storage_port_comes_from_the_native_port(self):
        self.assertEqual(cluster.default_storage_port(19042), 17042)
        self.assertEqual(cluster.default_storage_port(1100), 3100)

    def test_a_cluster_is_remembered(self):
        before = self.ring(auth=True, yaml=(("key", "1"),), jvm=("-Dx=y",), owner=7)
        before.save()
        self.assertEqual(cluster.Cluster.load(self.folder), before)
        self.assertIsNone(cluster.Cluster.load(self.folder / "elsewhere"))

    def test_a_damaged_file_is_named(self):
        (self.folder / "cluster.json").write_text("{")
        with self.assertRaisesRegex(cluster.Failure, "cluster.json is damaged"):
            cluster.Cluster.load(self.folder)

    def test_a_node_that_does_not_exist_is_refused(self):
        for number in (0, 4):
            with self.assertRaisesRegex(cluster.Failure, "nodes 1 to 3"):
                self.ring().member(number)


class Settings(WithFolder):
    def yaml(self, number=1, **changes):
        """The node's settings as its yaml says them: each value is JSON, as YAML allows, unless the user wrote it."""
        ring = self.ring(**changes)
        lines = settings.yaml_of(ring, ring.member(number)).splitlines()
        return dict(line.split(": ", 1) for line in lines)

    def test_every_node_has_the_seeds_and_its_own_address_and_token(self):
        yaml = self.yaml(2)
        self.assertIn("127.0.0.1:17142,127.0.0.2:17142,127.0.0.3:17142", yaml["seed_provider"])
        self.assertEqual(json.loads(yaml["listen_address"]), "127.0.0.2")
        self.assertEqual(json.loads(yaml["rpc_address"]), "127.0.0.2")
        self.assertEqual(yaml["initial_token"], "-3074457345618258603")
        self.assertEqual((yaml["native_transport_port"], yaml["storage_port"]), ("19142", "17142"))

    def test_plain_has_neither_authentication_nor_tls(self):
        self.assertFalse({"authenticator", "authorizer", "client_encryption_options"} & self.yaml().keys())

    def test_authentication(self):
        self.assertEqual(json.loads(self.yaml(auth=True)["authenticator"]), "PasswordAuthenticator")
        self.assertEqual(settings.properties_of(self.ring(auth=True))["system_auth.default_rf"], "3")

    def test_tls(self):
        options = json.loads(self.yaml(tls=True, certificate="expired")["client_encryption_options"])
        self.assertEqual((options["enabled"], options["optional"], options["require_client_auth"]), (True, False, False))
        self.assertEqual(options["keystore"], str(self.folder / "tls" / "expired.pem"))
        self.assertTrue(json.loads(self.yaml(tls=True, mutual_tls=True)["client_encryption_options"])["require_client_auth"])

    def test_what_the_user_gives_wins_verbatim(self):
        yaml = self.yaml(yaml=(("request_timeout", "5ms"), ("native_transport_idle_timeout", "2000ms")))
        self.assertEqual(yaml["request_timeout"], "5ms")
        self.assertEqual(yaml["native_transport_idle_timeout"], "2000ms")

    def test_only_a_lone_node_may_lose_its_schema(self):
        self.assertIn("test.flush_local_schema_changes", settings.properties_of(self.ring(nodes=1)))
        self.assertNotIn("test.flush_local_schema_changes", settings.properties_of(self.ring()))

    def test_name_of_the_cluster(self):
        self.assertEqual(self.yaml()["cluster_name"], '"ring"')
        self.assertEqual(self.yaml(name="19142")["cluster_name"], '"coodie"')


class CommandLine(WithFolder):
    def run_tool(self, *arguments):
        return tool(*arguments, state=self.folder)

    def test_what_is_refused(self):
        for arguments, message in (
                (["start", "--nodes", "5"], "invalid choice: 5"),
                (["start", "--port", "80"], "not a port"),
                (["start", "--name", "a/b"], "is no name"),
                (["start", "--address", "10.0.0.1"], "no loopback address"),
                (["start", "--option", "key"], "not KEY=VALUE"),
                (["start", "--certificate", "mine"], "invalid choice"),
                (["start", "--owner", "0"], "no process id"),
                (["kill"], "NODE"),
                ([], "command")):
            with self.subTest(arguments):
                done = self.run_tool(*arguments)
                self.assertEqual(done.returncode, 2)
                self.assertIn(message, done.stderr)

    def test_an_owner_that_is_gone(self):
        gone = subprocess.Popen(["true"])
        gone.wait()
        done = self.run_tool("start", "--owner", str(gone.pid))
        self.assertEqual(done.returncode, 1)
        self.assertIn("no such process", done.stderr)

    def test_a_port_in_use_is_refused_before_anything_starts(self):
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = taken.getsockname()[1]
            done = self.run_tool("start", "--port", str(port))
        self.assertEqual(done.returncode, 1)
        self.assertIn(f"cannot listen on 127.0.0.1:{port}", done.stderr)

    def test_nothing_runs(self):
        done = self.run_tool("status")
        self.assertEqual((done.returncode, done.stdout[:8]), (3, "stopped:"))
        self.assertEqual(self.run_tool("stop").returncode, 0)
        for command in ("kill", "pause", "resume", "restart", "log"):
            done = self.run_tool(command, "1")
            self.assertEqual(done.returncode, 1, command)
            self.assertIn("no cluster was started", done.stderr)

    def test_a_cluster_that_was_stopped(self):
        ring = self.ring(folder=self.folder / "coodie" / "cassandra" / "ring")
        ring.folder.mkdir(parents=True)
        ring.save()
        done = self.run_tool("status", "--name", "ring")
        self.assertEqual(done.returncode, 3)
        self.assertIn("node 3 stopped: 127.0.0.3:19142", done.stdout)
        self.assertIn("node 2 at 127.0.0.2:19142 does not run", self.run_tool("kill", "2", "--name", "ring").stderr)
        done = self.run_tool("start", "--name", "ring", "--port", "19142")
        self.assertEqual(done.returncode, 1)
        self.assertIn("from nodes 3", done.stderr)
        self.assertIn("--fresh", done.stderr)


class Processes(WithFolder):
    def test_the_pid_of_another_process_is_not_ours(self):
        node = self.ring().member(1)
        node.folder.mkdir()
        processes.write_pid_file(node, os.getpid())
        self.assertIsNone(processes.running_pid(node))

    def supervised(self, owner, *command):
        supervisor = subprocess.Popen([sys.executable, "-IB", str(processes.SUPERVISOR), str(owner), "5", *command],
                                      stdout=subprocess.PIPE, text=True)
        self.addCleanup(supervisor.wait)
        self.addCleanup(supervisor.kill)
        self.addCleanup(supervisor.stdout.close)
        return supervisor, int(supervisor.stdout.readline())

    def assert_ends(self, pid):
        deadline = time.monotonic() + 20
        while processes.process_start_time(pid) is not None:
            self.assertLess(time.monotonic(), deadline, "the node outlives its owner")
            time.sleep(0.01)

    def owner(self):
        owner = subprocess.Popen(["sleep", "60"])
        self.addCleanup(owner.wait)
        self.addCleanup(owner.kill)
        return owner

    def test_a_node_ends_with_its_owner(self):
        owner = self.owner()
        _, node = self.supervised(owner.pid, "sleep", "60")
        owner.kill()
        self.assert_ends(node)

    def test_a_paused_node_ends_with_its_owner(self):
        owner = self.owner()
        _, node = self.supervised(owner.pid, "sleep", "60")
        os.kill(node, 19)
        owner.kill()
        self.assert_ends(node)

    def test_a_node_ends_with_its_supervisor(self):
        supervisor, node = self.supervised(self.owner().pid, "sleep", "60")
        supervisor.kill()
        self.assert_ends(node)

    def test_the_exit_code_of_a_node_is_passed_on(self):
        supervisor, _ = self.supervised(self.owner().pid, "sh", "-c", "exit 3")
        self.assertEqual(supervisor.wait(20), 3)


class NativeClient(unittest.TestCase):
    def served(self, *replies):
        """The address of a server that answers with these bytes, one after each request."""
        server = socket.create_server(("127.0.0.1", 0))
        self.addCleanup(server.close)

        def serve():
            connection, _ = server.accept()
            with connection:
                for reply in replies:
                    connection.recv(65536)
                    connection.sendall(reply)

        thread = threading.Thread(target=serve)
        thread.start()
        self.addCleanup(thread.join)
        return native_client.Connection(*server.getsockname(), timeout=10)

    @staticmethod
    def frame(opcode, body=b""):
        return struct.pack(">BBhBi", 0x84, 0, 0, opcode, len(body)) + body

    def test_options(self):
        with self.served(self.frame(native_client.SUPPORTED, b"\0\0")) as connection:
            self.assertTrue(connection.answers_options())

    def test_an_error_and_an_end_are_failures(self):
        body = struct.pack(">iH", 0x100, 3) + b"bad"
        with self.served(self.frame(native_client.ERROR, body)) as connection:
            with self.assertRaisesRegex(native_client.ProtocolFailure, "0x0100: bad"):
                connection.start()
            with self.assertRaises((native_client.ProtocolFailure, OSError)):
                connection.start()

    def test_rows(self):
        def string(text):
            return struct.pack(">H", len(text)) + text

        columns = string(b"ks") + string(b"t") + string(b"a") + struct.pack(">H", 0x0C)
        columns += string(b"b") + struct.pack(">HH", native_client.SET, 0x0D)
        values = struct.pack(">i", 1) + b"x" + struct.pack(">i", -1)
        body = struct.pack(">iii", native_client.KIND_ROWS, 1, 2) + columns + struct.pack(">i", 1) + values
        self.assertEqual(native_client.rows_of(body), [[b"x", None]])
        for length in range(len(body)):
            with self.assertRaises((native_client.ProtocolFailure, struct.error)):
                native_client.rows_of(body[:length])


class Certificates(WithFolder):
    def verify(self, *arguments):
        done = subprocess.run(["openssl", "verify", *arguments], cwd=self.folder / "tls", capture_output=True, text=True)
        return "OK" if done.returncode == 0 else done.stderr

    def test_each_is_what_its_name_says(self):
        certificates.ensure_certificates(self.folder / "tls", ["127.0.0.1", "127.7.0.1"])
        self.assertEqual(self.verify("-CAfile", "ca.pem", "-verify_ip", "127.0.0.3", "server.crt"), "OK")
        self.assertEqual(self.verify("-CAfile", "ca.pem", "-verify_ip", "127.7.0.1", "server.crt"), "OK")
        self.assertEqual(self.verify("-CAfile", "ca.pem", "-verify_hostname", "localhost", "server.crt"), "OK")
        self.assertEqual(self.verify("-CAfile", "ca.pem", "-purpose", "sslclient", "client.crt"), "OK")
        self.assertIn("expired", self.verify("-CAfile", "ca.pem", "expired.crt"))
        self.assertIn("expired", self.verify("-CAfile", "ca.pem", "expired-client.crt"))
        self.assertIn("mismatch", self.verify("-CAfile", "ca.pem", "-verify_ip", "127.0.0.1", "wrong-name.crt"))
        self.assertEqual(self.verify("-CAfile", "ca.pem", "-verify_hostname", "wrong.example", "wrong-name.crt"), "OK")
        self.assertIn("unable to get local issuer", self.verify("-CAfile", "ca.pem", "other-client.crt"))
        self.assertEqual(self.verify("-CAfile", "other-ca.pem", "other-server.crt"), "OK")
        keystore = (self.folder / "tls" / "server.pem").read_text()
        self.assertEqual((keystore.count("BEGIN PRIVATE KEY"), keystore.count("BEGIN CERTIFICATE")), (1, 2))
        before = (self.folder / "tls" / "ca.pem").read_bytes()
        certificates.ensure_certificates(self.folder / "tls")
        self.assertEqual((self.folder / "tls" / "ca.pem").read_bytes(), before)


if __name__ == "__main__":
    unittest.main()
