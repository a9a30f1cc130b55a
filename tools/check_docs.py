#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Holds the code and output in README and docs to the files that are compiled and tested.

usage: tools/check_docs.py [--fix]
A block between `<!-- from FILE[#NAME] -->` and `<!-- end -->` is a fenced copy of that file, or of its lines between
`// [NAME]` and `// [end]`, less their common indentation.
"""
import re
import sys
import textwrap
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BLOCK = re.compile(r"(<!-- from ([^\s#]+)(?:#(\w+))? -->\n```\w*\n)(.*?)(```\n<!-- end -->)", re.DOTALL)


def source(match: "re.Match[str]") -> str:
    text = (ROOT / match.group(2)).read_text(encoding="utf-8")
    if match.group(3):
        part = re.search(rf"^ *// \[{match.group(3)}\]\n(.*?)^ *// \[end\]\n", text, re.DOTALL | re.MULTILINE)
        if not part:
            raise SystemExit(f"{match.group(2)} has no part // [{match.group(3)}]")
        text = textwrap.dedent(part.group(1))
    return text


def main() -> int:
    fix = "--fix" in sys.argv[1:]
    bad = blocks = 0
    for page in [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]:
        text = page.read_text(encoding="utf-8")
        for match in BLOCK.finditer(text):
            blocks += 1
            if match.group(4) != source(match):
                bad += 1
                print(f"{page.relative_to(ROOT)}: the block from {match.group(2)} differs from the file", file=sys.stderr)
        if fix:
            page.write_text(BLOCK.sub(lambda m: m.group(1) + source(m) + m.group(5), text), encoding="utf-8")
    print(f"docs: {blocks} blocks, {bad} differ" + (" (fixed)" if fix and bad else ""))
    return 0 if fix or (bad == 0 and blocks > 0) else 1


if __name__ == "__main__":
    sys.exit(main())
