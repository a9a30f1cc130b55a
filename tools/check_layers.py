#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Fails when a layer includes a higher one, when a third-party header leaks, or when a file lacks its SPDX line.

The layers are docs/architecture.md's. Run with --self-test to see the check fail on a made-up tree.
"""
import re
import sys
import tempfile
from pathlib import Path

# Lower number: lower layer. A file may include its own layer and lower ones. Siblings (same number) only themselves.
LAYERS = {
    "types": 0, "codec": 1, "driver": 2, "cql": 3, "model": 3, "query": 4, "json": 4, "schema": 5, "sync": 6, "aio": 6,
}
# Drivers stand beside the library's upper half: they know the contract and what is below it, nothing of models.
DRIVERS = {"mock", "embedded", "native", "cassandra_c"}
# Layers inside a driver.
PARTS = {
    "embedded": {"parser": 0, "storage": 0, "catalog": 1, "planner": 2, "engine": 3, "link": 4},
    "native": {"protocol": 0, "tls": 0, "fsm": 1, "cluster": 1, "policy": 2, "io": 3, "session": 4, "link": 5},
}

# Third-party headers and the only folders that may include them.
THIRD_PARTY = {
    "rocksdb/": ("src/embedded/storage/",),
    "openssl/": ("src/native/",),
    "boost/asio": ("src/native/io/", "src/native/session/", "src/native/native_driver", "src/aio/",
                   "include/coodie/aio"),
    "sys/socket.h": ("src/native/io/",),
    "fmt/": ("src/", "include/coodie/fmt.hpp"),
    "date/": ("src/",),
    "boost/": ("src/", "include/coodie/aio"),
}
INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]')


def layer_of(path: str):
    """('types', None) for a path below include/coodie or src, ('embedded', 'parser') inside the engine."""
    parts = path.split("/")
    if len(parts) < 2:
        return None  # a facade such as sync.hpp
    return parts[0], parts[1] if parts[0] in PARTS and len(parts) > 2 else None


def allowed(user, used) -> bool:
    if user is None or used is None:
        return True
    (a, a_part), (b, b_part) = user, used
    if a == b:
        if a_part and b_part:
            return a_part == b_part or PARTS[a][b_part] < PARTS[a][a_part]
        return True
    if b in DRIVERS:
        return a not in LAYERS or (b == "mock" and LAYERS[a] >= LAYERS["sync"])
    if a in DRIVERS:
        return LAYERS.get(b, 99) <= LAYERS["driver"]
    return LAYERS[b] < LAYERS[a]


def facade_layer(path: str):
    """sync.hpp and aio.hpp are the top; error aliases and fmt.hpp have no layer."""
    return {"sync.hpp": ("sync", None), "aio.hpp": ("aio", None)}.get(path)


def problems(root: Path):
    for base in ("include/coodie", "src"):
        for file in sorted((root / base).rglob("*.[hc]pp")):
            inside = file.relative_to(root / base).as_posix()
            shown = file.relative_to(root).as_posix()
            text = file.read_text(encoding="utf-8")
            if "SPDX-License-Identifier: Apache-2.0" not in text.split("\n", 1)[0]:
                yield f"{shown}:1: the first line must be the SPDX line"
            user = layer_of(inside) or facade_layer(inside)
            for number, line in enumerate(text.splitlines(), 1):
                match = INCLUDE.match(line)
                if not match:
                    continue
                header = match.group(1)
                target = header[len("coodie/"):] if header.startswith("coodie/") else header
                if header.startswith("coodie/") or (root / "src" / header).exists():
                    used = layer_of(target) or facade_layer(target)
                    if user and used and (used[0] in LAYERS or used[0] in DRIVERS) and not allowed(user, used):
                        yield f"{shown}:{number}: {'/'.join(filter(None, user))} must not include {header} (a higher layer)"
                    continue
                for prefix, places in THIRD_PARTY.items():
                    if header.startswith(prefix):
                        if not any(shown.startswith(place) for place in places):
                            yield f"{shown}:{number}: {header} belongs only into {', '.join(places)}"
                        break


def self_test() -> int:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        cases = {
            "include/coodie/codec/bad.hpp": "#include <coodie/sync.hpp>",
            "src/embedded/parser/bad.cpp": "#include <embedded/engine/x.hpp>",
            "src/embedded/engine/x.hpp": "#include <coodie/model/model_info.hpp>",
            "src/native/fsm/bad.cpp": "#include <native/io/x.hpp>",
            "src/native/io/x.hpp": "#include <coodie/query/column.hpp>",
            "src/native/policy/bad.cpp": "#include <sys/socket.h>",
            "src/driver/bad.cpp": "#include <rocksdb/db.h>",
            "include/coodie/types/bad.hpp": "#include <boost/endian.hpp>",
            "include/coodie/aio/bad.hpp": "#include <coodie/sync/read.hpp>",
            "src/sync/bad.cpp": "#include <boost/asio/post.hpp>",
        }
        for name, line in cases.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"// SPDX-License-Identifier: Apache-2.0\n{line}\n", encoding="utf-8")
        found = list(problems(root))
        for name in cases:
            if not any(problem.startswith(name) for problem in found):
                print(f"self-test: nothing found in {name}", file=sys.stderr)
                return 1
    return 0


def main() -> int:
    if "--self-test" in sys.argv[1:]:
        return self_test()
    found = list(problems(Path(__file__).resolve().parent.parent))
    for problem in found:
        print(problem, file=sys.stderr)
    print(f"layers: {'ok' if not found else f'{len(found)} problem(s)'}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
