# SPDX-License-Identifier: Apache-2.0
"""Certificates for tests of TLS, made with openssl.

    ca.pem, ca.key                      the authority that clients and nodes trust
    server.pem                          private key, certificate, CA: what a node presents (127.0.0.1 to .4, localhost,
                                        and the addresses of the cluster that it is made for)
    expired.pem                         the same, but its time is over
    wrong-name.pem                      the same, but for the host wrong.example
    client.crt, client.key              what a client presents under mutual TLS
    expired-client.crt, .key            a client's whose time is over
    other-ca.pem, other-ca.key          an authority that nobody trusts
    other-server.pem                    a node's, signed by the other authority
    other-client.crt, .key              a client's, signed by the other authority

Each NAME.pem of a node has its parts beside it, too: NAME.key, NAME.crt. `--certificate NAME` has the nodes present
server (the default), expired, wrong-name or other-server.
"""

import os
import pathlib
import shutil
import subprocess
import tempfile

from .installed import install
from .report import Failure, tail

SERVER_CERTIFICATES = ("server", "expired", "wrong-name", "other-server")
LOCAL_ADDRESSES = tuple(f"127.0.0.{number}" for number in range(1, 5))
DAYS = 3650
NEW_KEY = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")


def openssl(folder, *arguments, text=None):
    done = subprocess.run(["openssl", *arguments], cwd=folder, input=text, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          text=True)
    if done.returncode != 0:
        raise Failure(f"openssl {' '.join(arguments)} failed:\n{tail(done.stdout)}")


def make_authority(folder, name):
    openssl(folder, "req", "-x509", *NEW_KEY, "-days", str(DAYS), "-subj", f"/CN=coodie test {name}",
            "-addext", "keyUsage=critical,keyCertSign,cRLSign", "-keyout", f"{name}.key", "-out", f"{name}.pem")


def make_certificate(folder, name, subject, *, authority="ca", names="", usage, days=DAYS):
    """`days` below 0: it ended as many days ago."""
    extensions = folder / f"{name}.ext"
    extensions.write_text(f"extendedKeyUsage={usage}\n" + (f"subjectAltName={names}\n" if names else ""))
    openssl(folder, "req", *NEW_KEY, "-subj", f"/CN={subject}", "-keyout", f"{name}.key", "-out", f"{name}.csr")
    openssl(folder, "x509", "-req", "-in", f"{name}.csr", "-CA", f"{authority}.pem", "-CAkey", f"{authority}.key",
            "-CAcreateserial", "-days", str(days), "-extfile", extensions.name, "-out", f"{name}.crt")
    if usage == "serverAuth":
        parts = [f"{name}.key", f"{name}.crt", f"{authority}.pem"]
        (folder / f"{name}.pem").write_text("".join((folder / part).read_text() for part in parts))


def make_all(folder, addresses):
    for authority in ("ca", "other-ca"):
        make_authority(folder, authority)
    names = [f"IP:{address}" for address in dict.fromkeys((*LOCAL_ADDRESSES, *addresses))]
    server = {"usage": "serverAuth", "names": ",".join([*names, "DNS:localhost"])}
    make_certificate(folder, "server", "node", **server)
    make_certificate(folder, "expired", "node", **server, days=-1)
    make_certificate(folder, "wrong-name", "node", usage="serverAuth", names="DNS:wrong.example")
    make_certificate(folder, "other-server", "node", **server, authority="other-ca")
    make_certificate(folder, "client", "client", usage="clientAuth")
    make_certificate(folder, "expired-client", "client", usage="clientAuth", days=-1)
    make_certificate(folder, "other-client", "client", usage="clientAuth", authority="other-ca")
    for pattern in ("*.csr", "*.ext", "*.srl"):
        for scratch in folder.glob(pattern):
            scratch.unlink()


def ensure_certificates(folder, addresses=()):
    """Fills `folder`, whole or not at all; a folder that is there is left alone. `addresses`: of nodes beyond 127.0.0.4."""
    folder = pathlib.Path(folder)
    if folder.is_dir():
        return folder
    if not shutil.which("openssl"):
        install(["openssl"])
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f"{folder.name}.", dir=folder.parent) as scratch:
        made = pathlib.Path(scratch) / "tls"
        made.mkdir(mode=0o700)
        make_all(made, addresses)
        os.rename(made, folder)
    return folder
