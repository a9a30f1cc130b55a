#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Holds the README's quickstart to the real one: the code that is compiled and the output that is tested.

usage: tools/check_docs.py [--fix]
A block between `<!-- from FILE[:FIRST-LAST] -->` and `<!-- end -->` is a fenced copy of that file, or of those lines.
"""
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BLOCK = re.compile(r"(<!-- from (\S+?)(?::(\d+)-(\d+))? -->\n```(\w*)\n)(.*?)(```\n<!-- end -->)", re.DOTALL)


def source(match: "re.Match[str]") -> str:
    lines = (ROOT / match.group(2)).read_text(encoding="utf-8").splitlines(keepends=True)
    if match.group(3):
        lines = lines[int(match.group(3)) - 1 : int(match.group(4))]
    return "".join(lines)


def main() -> int:
    fix = "--fix" in sys.argv[1:]
    bad = blocks = 0
    for page in [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]:
        text = page.read_text(encoding="utf-8")
        for match in BLOCK.finditer(text):
            blocks += 1
            if match.group(6) != source(match):
                bad += 1
                print(f"{page.relative_to(ROOT)}: the block from {match.group(2)} differs from the file", file=sys.stderr)
        if fix:
            page.write_text(BLOCK.sub(lambda m: m.group(1) + source(m) + m.group(7), text), encoding="utf-8")
    print(f"docs: {blocks} blocks, {bad} differ" + (" (fixed)" if fix and bad else ""))
    return 0 if fix or (bad == 0 and blocks > 0) else 1


if __name__ == "__main__":
    sys.exit(main())
