# SPDX-License-Identifier: Apache-2.0
"""A Java that Cassandra runs on, and Cassandra's jars: found, or installed once."""

import contextlib
import fcntl
import os
import pathlib
import re
import shutil
import subprocess
import zipfile

from .report import Failure, say, tail

CASSANDRA_VERSION = "5.0.6"
JAVA_PACKAGE = "openjdk-17-jdk-headless"
JAVA_RELEASES = ("17", "11")  # what Cassandra 5.0 supports


def cache_folder():
    base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return pathlib.Path(base) / "coodie" / f"cassandra-{CASSANDRA_VERSION}"


@contextlib.contextmanager
def locked(path):
    """Serialises programs on this machine; the lock goes with the process that holds it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def install(packages):
    names = " ".join(packages)
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise Failure(f"{names} missing. Install with: apt-get install {names} (as root), then start again.")
    say(f"installing {names}")
    environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    for command in (["apt-get", "update", "-q"], ["apt-get", "install", "-q", "-y", "--no-install-recommends", *packages]):
        done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if done.returncode != 0 and command[1] == "install":
            raise Failure(f"{' '.join(command)} failed:\n{tail(done.stdout)}")


def java_release(java):
    """The feature release of a java program ("17"); "" when it does not run."""
    try:
        text = subprocess.run([java, "-version"], capture_output=True, text=True, timeout=30).stderr
    except (OSError, subprocess.TimeoutExpired):
        return ""
    match = re.search(r'version "(\d+)', text)
    return match.group(1) if match else ""


def find_java():
    home = os.environ.get("JAVA_HOME")
    candidates = [os.path.join(home, "bin", "java")] if home else []
    candidates += [str(path) for release in JAVA_RELEASES for path in
                   sorted(pathlib.Path("/usr/lib/jvm").glob(f"java-{release}-*/bin/java"))]
    candidates += [shutil.which("java") or ""]
    return next((java for java in candidates if java and java_release(java) in JAVA_RELEASES), None)


def ensure_java():
    java = find_java()
    if not java:
        install([JAVA_PACKAGE])
        java = find_java()
    if not java:
        raise Failure(f"no Java {' or '.join(JAVA_RELEASES)} found. Install {JAVA_PACKAGE} or set JAVA_HOME.")
    return java


POM = """<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>coodie</groupId>
  <artifactId>cassandra-for-tests</artifactId>
  <version>1</version>
  <packaging>pom</packaging>
  <dependencies>
    <dependency>
      <groupId>org.apache.cassandra</groupId>
      <artifactId>cassandra-all</artifactId>
      <version>{version}</version>
    </dependency>
  </dependencies>
</project>
"""


def download_jars(target):
    """Fills `target` with Cassandra's jars: into a scratch folder first, renamed when whole."""
    if not shutil.which("mvn"):
        install(["maven"])
    say(f"fetching Apache Cassandra {CASSANDRA_VERSION} through Maven (66 MB)")
    scratch = target.with_name(f"jars.{os.getpid()}.partial")
    try:
        scratch.mkdir(parents=True)
        pom = scratch / "pom.xml"
        pom.write_text(POM.format(version=CASSANDRA_VERSION))
        done = subprocess.run(
            ["mvn", "--batch-mode", "--strict-checksums", "-f", str(pom), "dependency:copy-dependencies",
             f"-DoutputDirectory={scratch}"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if done.returncode != 0:
            raise Failure(f"Maven could not fetch the jars (nothing was kept; start again to retry):\n{tail(done.stdout)}")
        check_jars(scratch)
        pom.unlink()
        os.rename(scratch, target)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def check_jars(folder):
    jars = sorted(folder.glob("*.jar"))
    for jar in jars:
        with zipfile.ZipFile(jar) as archive:  # raises BadZipFile on a file that was cut
            archive.namelist()
    for needed in (f"cassandra-all-{CASSANDRA_VERSION}.jar", "jamm-*.jar"):
        if not list(folder.glob(needed)):
            raise Failure(f"Maven gave {len(jars)} jars, but no {needed}")


def ensure_jars():
    cache = cache_folder()
    jars = cache / "jars"
    with locked(cache / "lock"):
        for leftover in cache.glob("jars.*.partial"):  # of a download that was killed
            shutil.rmtree(leftover, ignore_errors=True)
        if not jars.is_dir():
            try:
                download_jars(jars)
            except zipfile.BadZipFile as error:
                raise Failure(f"a jar arrived damaged ({error}); nothing was kept, start again to retry") from error
    return sorted(jars.glob("*.jar"))
