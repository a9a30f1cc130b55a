# SPDX-License-Identifier: Apache-2.0
"""As much of the native protocol, version 4, as it takes to see whether a node is ready."""

import socket
import ssl
import struct

ERROR, STARTUP, READY, AUTHENTICATE, OPTIONS, SUPPORTED, QUERY, RESULT = 0x00, 0x01, 0x02, 0x03, 0x05, 0x06, 0x07, 0x08
AUTH_RESPONSE, AUTH_SUCCESS = 0x0F, 0x10
KIND_ROWS = 2
SUPERUSER = "cassandra"  # name and password
LIST, MAP, SET, UDT, TUPLE, CUSTOM = 0x20, 0x21, 0x22, 0x30, 0x31, 0x00


class ProtocolFailure(Exception):
    """The node refused, or answered what this client does not understand."""


class Reader:
    """Values of a body, in order."""

    def __init__(self, body):
        self.body, self.at = body, 0

    def take(self, size):
        if size < 0 or self.at + size > len(self.body):
            raise ProtocolFailure("a length in an answer lies")
        self.at += size
        return self.body[self.at - size:self.at]

    def number(self, layout):
        return struct.unpack(layout, self.take(struct.calcsize(layout)))[0]

    def string(self):
        return self.take(self.number(">H")).decode()

    def value(self):
        size = self.number(">i")
        return None if size < 0 else self.take(size)

    def skip_type(self):
        kind = self.number(">H")
        if kind == CUSTOM:
            self.string()
        for _ in range({LIST: 1, SET: 1, MAP: 2}.get(kind, 0)):
            self.skip_type()
        if kind in (UDT, TUPLE):
            raise ProtocolFailure("this client reads no user type or tuple")


def rows_of(body):
    """The rows of a RESULT, each a list of bytes or None."""
    reader = Reader(body)
    if reader.number(">i") != KIND_ROWS:
        return []
    flags, columns = reader.number(">i"), reader.number(">i")
    if flags & 0x0002:  # more pages
        reader.value()
    if flags & 0x0001:  # one table for all columns
        reader.string(), reader.string()
    for _ in range(columns):
        if not flags & 0x0001:
            reader.string(), reader.string()
        reader.string()
        reader.skip_type()
    return [[reader.value() for _ in range(columns)] for _ in range(reader.number(">i"))]


class Connection:
    """One connection; blocks, gives up after `timeout` seconds of silence. Raises OSError and ProtocolFailure."""

    def __init__(self, address, port, context=None, timeout=5):
        self.socket = socket.create_connection((address, port), timeout=timeout)
        if context:
            self.socket = context.wrap_socket(self.socket, server_hostname=address)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def receive(self, size):
        data = b""
        while len(data) < size:
            part = self.socket.recv(size - len(data))
            if not part:
                raise ProtocolFailure("the connection was closed")
            data += part
        return data

    def ask(self, opcode, body=b""):
        self.socket.sendall(struct.pack(">BBhBi", 0x04, 0, 0, opcode, len(body)) + body)
        _, _, _, answer, size = struct.unpack(">BBhBi", self.receive(9))
        answer_body = self.receive(size)
        if answer == ERROR:
            reader = Reader(answer_body)
            raise ProtocolFailure(f"error 0x{reader.number('>i'):04x}: {reader.string()}")
        return answer, answer_body

    def answers_options(self):
        return self.ask(OPTIONS)[0] == SUPPORTED

    def start(self):
        """Handshake; logs in as the superuser when asked to."""
        version, number = b"CQL_VERSION", b"3.0.0"
        body = struct.pack(">HH", 1, len(version)) + version + struct.pack(">H", len(number)) + number
        answer, _ = self.ask(STARTUP, body)
        if answer == AUTHENTICATE:
            token = f"\0{SUPERUSER}\0{SUPERUSER}".encode()
            answer, _ = self.ask(AUTH_RESPONSE, struct.pack(">i", len(token)) + token)
        if answer not in (READY, AUTH_SUCCESS):
            raise ProtocolFailure(f"opcode 0x{answer:02x} after STARTUP")

    def query(self, text):
        """Rows at consistency ONE."""
        cql = text.encode()
        _, body = self.ask(QUERY, struct.pack(">i", len(cql)) + cql + struct.pack(">HB", 1, 0))
        return rows_of(body)


def context_for(cluster):
    """How to reach the cluster's nodes over TLS; None without TLS. Looks at readiness only, so it verifies nothing."""
    if not cluster.tls:
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    if cluster.mutual_tls:
        context.load_cert_chain(cluster.certificates / "client.crt", cluster.certificates / "client.key")
    return context


def answers(cluster, node, timeout=5):
    """Whether the node answers OPTIONS of the native protocol."""
    try:
        with Connection(node.address, node.port, context_for(cluster), timeout) as connection:
            return connection.answers_options()
    except (OSError, ProtocolFailure):
        return False


def sees(cluster, node, others):
    """Whether one can log in at the node, and it sees `others` nodes, with tokens and its own schema version."""
    try:
        with Connection(node.address, node.port, context_for(cluster)) as connection:
            connection.start()
            [[own]] = connection.query("SELECT schema_version FROM system.local")
            peers = connection.query("SELECT schema_version, tokens FROM system.peers_v2")
    except (OSError, ProtocolFailure, ValueError):
        return False
    return own is not None and len(peers) == others and all(version == own and tokens for version, tokens in peers)
