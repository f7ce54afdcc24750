#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every text of the sources has its French and its Chinese, and every .po is sorted and sound.

Prints TAP. `translations.py ROOT --missing fr` prints the entries that data/po/fr.po lacks instead.
"""
import re
import subprocess
import sys
from pathlib import Path

KEYWORDS = [
    "N_",
    "volant_text:2",
    "volant_text_plural:2,3",
    "volant_text_format:2",
    "volant_session_text:2",
    "volant_action_refuse:4",
]
LANGUAGES = ["fr", "zh"]
# What a format takes must be the same in every language, in the same order.
CONVERSION = re.compile(r"%(?:%|[-+ 0#]*\d*(?:\.\d+)?((?:hh|h|ll|l|z|j)?[diouxXeEfgGcsp]))")


def unquote(text):
    """The text of one quoted line of a .po file."""
    return (
        text.replace("\\\\", "\0")
        .replace('\\"', '"')
        .replace("\\n", "\n")
        .replace("\\t", "\t")
        .replace("\0", "\\")
    )


def read_po(text):
    """Entries in order: (msgid, [msgstr, …], flags, msgid_plural or None)."""
    entries, fields, flags, current = [], {}, "", None
    for line in text.splitlines() + [""]:
        if line.startswith("#,"):
            flags += line
        match = re.match(r'(msgid|msgid_plural|msgstr(?:\[\d\])?)\s+"(.*)"$', line)
        more = re.match(r'"(.*)"$', line)
        if match:
            current = match[1]
            fields[current] = unquote(match[2])
        elif more and current:
            fields[current] += unquote(more[1])
        elif not line.strip() and "msgid" in fields:
            answers = [v for k, v in sorted(fields.items()) if k.startswith("msgstr")]
            entries.append((fields["msgid"], answers, flags, fields.get("msgid_plural")))
            fields, flags, current = {}, "", None
    return entries


def extract(root):
    """All texts of the sources, as a set."""
    files = sorted(
        str(p.relative_to(root))
        for room in ("app", "maps", "speech", "ui")
        for p in (root / room).rglob("*.[ch]")
    )
    command = ["xgettext", "--from-code=UTF-8", "--language=C", "--keyword", "-o", "-", "--no-location"]
    command += [f"--keyword={k}" for k in KEYWORDS] + files
    made = subprocess.run(command, cwd=root, check=True, capture_output=True, text=True)
    forms = [root / "ui", root / "data"]
    templates = sorted(str(p.relative_to(root)) for f in forms for p in f.rglob("*.ui"))
    found = {entry[0] for entry in read_po(made.stdout)}
    if templates:
        command = ["xgettext", "--from-code=UTF-8", "--language=Glade", "-o", "-", *templates]
        made = subprocess.run(command, cwd=root, check=True, capture_output=True, text=True)
        found |= {entry[0] for entry in read_po(made.stdout)}
    return found - {""}


def faults_of(entries, wanted):
    """What is wrong with one catalogue, as words."""
    ids = [entry[0] for entry in entries[1:]]
    whole = [entry for entry in entries if all(entry[1]) and "fuzzy" not in entry[2]]
    known = {entry[0] for entry in whole} | {entry[3] for entry in whole}
    for msgid in sorted(wanted - known):
        yield f"not translated: {msgid!r}"
    for before, after in zip(ids, ids[1:]):
        if before >= after:
            yield f"out of order: {after!r}"
    for msgid, answers, _, _ in entries[1:]:
        takes = [c for c in CONVERSION.findall(msgid) if c]
        for answer in answers:
            if "%" in msgid and [c for c in CONVERSION.findall(answer) if c] != takes:
                yield f"takes other values: {msgid!r}"


def quote(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def main():
    root = Path(sys.argv[1]).resolve()
    wanted = extract(root)
    if sys.argv[2:3] == ["--missing"]:
        entries = read_po((root / f"data/po/{sys.argv[3]}.po").read_text("utf-8"))
        known = {text for entry in entries if all(entry[1]) for text in (entry[0], entry[3])}
        for msgid in sorted(wanted - known):
            flag = "#, c-format\n" if CONVERSION.search(msgid) else ""
            print(f'{flag}msgid {quote(msgid)}\nmsgstr ""\n')
        return
    print(f"1..{len(LANGUAGES) + 1}")
    print(f"{'ok' if len(wanted) > 50 else 'not ok'} 1 - sources: {len(wanted)} texts")
    for number, language in enumerate(LANGUAGES, 2):
        entries = read_po((root / f"data/po/{language}.po").read_text("utf-8"))
        faults = list(faults_of(entries, wanted))
        for fault in faults:
            print("#", fault)
        print(f"{'not ok' if faults else 'ok'} {number} - {language}: {len(entries) - 1} entries")


if __name__ == "__main__":
    main()
