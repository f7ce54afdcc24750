#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Adds up meson's test logs and closes with one line: "N passed, N failed, N skipped".

TAP lines count one by one; a program that aborts, times out or prints no TAP counts as one. Fails
when anything failed or nothing passed.
"""
import json
import re
import sys

# GLib's own subtests are printed indented with their sum unindented: only leaves count.
TAP = re.compile(r"^( *)(ok|not ok)\b(?: +\d+)?(?: *-? *([^#]*))?(# *(SKIP|TODO)\b.*)?", re.I)


def leaves(text):
    """(passed, failed, skips) of a TAP text; skips are words."""
    passed, failed, skips = 0, 0, []
    lines = [m for m in map(TAP.match, text.splitlines()) if m]
    for match in lines:
        _, verdict, name, directive, kind = match.groups()
        if kind and kind.upper() == "SKIP":
            skips.append(f"{(name or '').strip()}: {directive.lstrip('# ')[4:].strip()}")
        elif verdict == "ok":
            passed += 1
        else:
            failed += 1
    return passed, failed, skips


def main():
    passed = failed = skipped = 0
    for path in sys.argv[1:]:
        try:
            with open(path, encoding="utf-8") as log:
                tests = [json.loads(line) for line in log if line.strip()]
        except (OSError, ValueError) as error:
            print(f"{path}: {error}")
            failed += 1
            continue
        for test in tests:
            good, bad, skips = leaves(test.get("stdout") or "")
            result = test["result"]
            if result in ("OK", "EXPECTEDFAIL"):
                good = good or int(not skips)
            elif result == "SKIP":
                good = good
                skips = skips or [test["name"]]
            else:
                bad = bad or 1
                print(f"failed: {test['name']} ({result}, {test.get('duration', 0):.0f} s)")
            for words in skips:
                print(f"skipped: {test['name']}: {words}")
            passed, failed, skipped = passed + good, failed + bad, skipped + len(skips)
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
