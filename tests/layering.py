#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads every include and fails on an arrow that points the wrong way (README, "The house").

Prints TAP. Arrows: ui -> app -> {maps, speech}; app/main.c alone may name ui/; ui/map/ alone may
name a listed set of read-only maps/ headers beyond what app's own headers bring.
"""
import re
import sys
from pathlib import Path

ALLOWED = {
    "maps": {"maps"},
    "speech": {"speech"},
    "app": {"app", "maps", "speech"},
    "ui": {"ui", "app"},
}
# Read-only geometry and tile query, and the models that app's own interfaces hand out.
MAP_PANE_HEADERS = {
    "maps/geo.h",
    "maps/drawing/drawing.h",
    "maps/city/city.h",
    "maps/roads/roads.h",
    "maps/routing/route.h",
    "maps/stations/station.h",
}
# Libraries that a room may not know.
FORBIDDEN = {
    "maps": r"gtk/|shumate|gst/|libsoup|adwaita",
    "speech": r"gtk/|shumate|libsoup|adwaita",
    "app": r"gtk/|shumate|adwaita",
    "ui": r"gst/|libsoup|pocketsphinx|espeak|adwaita",
}
INCLUDE = re.compile(r'^\s*#\s*include\s+(["<])([^">]+)[">]', re.M)


def faults_of(path, room, text):
    """The wrong arrows of one file, as words."""
    for mark, name in INCLUDE.findall(text):
        if mark == "<":
            if re.match(FORBIDDEN[room], name):
                yield f"{path} includes <{name}>, which {room}/ may not know"
            continue
        target = name.split("/")[0] if "/" in name else None
        if target not in ALLOWED:
            continue
        if target in ALLOWED[room]:
            continue
        if path == "app/main.c" and target == "ui":
            continue
        if path.startswith("ui/map/") and name in MAP_PANE_HEADERS:
            continue
        yield f"{path} includes {name}: {room} -> {target} is the wrong way"


def self_test():
    """The reader must see a wrong arrow when there is one."""
    wrong = [
        ("maps/a.c", "maps", '#include "app/b.h"\n'),
        ("speech/a.c", "speech", '#include "maps/geo.h"\n'),
        ("maps/a.c", "maps", "#include <gtk/gtk.h>\n"),
        ("app/a.c", "app", '#include "ui/b.h"\n'),
        ("ui/shell/a.c", "ui", '#include "maps/drawing/drawing.h"\n'),
    ]
    right = [
        ("app/main.c", "app", '#include "ui/b.h"\n'),
        ("ui/map/a.c", "ui", '#include "maps/geo.h"\n'),
        ("app/a.c", "app", '#include "maps/geo.h"\n#include <gio/gio.h>\n'),
    ]
    return all(list(faults_of(*w)) for w in wrong) and not any(list(faults_of(*r)) for r in right)


def main():
    root = Path(sys.argv[1])
    print(f"1..{len(ALLOWED) + 1}")
    print("ok 1 - reader" if self_test() else "not ok 1 - reader")
    for number, room in enumerate(ALLOWED, 2):
        files = sorted(p for p in (root / room).rglob("*.[ch]"))
        faults = [
            f
            for p in files
            for f in faults_of(p.relative_to(root).as_posix(), room, p.read_text("utf-8"))
        ]
        for fault in faults:
            print("#", fault)
        good = files and not faults
        print(f"{'ok' if good else 'not ok'} {number} - {room}: {len(files)} files")


if __name__ == "__main__":
    main()
