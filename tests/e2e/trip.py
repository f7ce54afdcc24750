#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The whole trip on a city: trip.py CITY-NAME, prints TAP.

demo    the demo city as the build made it
monaco  osm/monaco.osm.pbf with its heights, and a GBFS feed of 30 named places that this test writes
paris   osm/paris-streets.osm.pbf with the Autolib' stations of 2014 that lie inside

The real ones skip, saying so, where the data is absent. Pictures and sound stay in the build's
e2e/NAME folder.
"""
import array
import json
import math
import os
import shutil
import subprocess
import sys
import wave
from pathlib import Path

SOURCE = Path(os.environ["VOLANT_TEST_SOURCE"])
BUILD = Path(os.environ["VOLANT_TEST_BUILD"])
VOLANT = os.environ["VOLANT_TEST_PROGRAM"]
DATA = Path(os.environ.get("VOLANT_TEST_DATA") or SOURCE / ".." / "shared" / "data")
N_PLACES = 30


class Missing(Exception):
    """Real data that is not on this machine."""


def need(relative):
    """A file of the real data."""
    path = DATA / relative
    if not path.exists():
        raise Missing(f"no real data: {relative} is absent (set VOLANT_TEST_DATA)")
    return path


def run(*arguments):
    """What a subcommand prints; its words when it refuses."""
    done = subprocess.run(
        [VOLANT, *map(str, arguments)], capture_output=True, text=True, timeout=600, check=False
    )
    if done.returncode != 0:
        raise RuntimeError(f"volant {' '.join(map(str, arguments))}: {done.stderr.strip()}")
    return done.stdout


def write_feed(folder, stations):
    """A GBFS 2.3 feed of (name, lat, lon), each with some docks free."""
    envelope = {"last_updated": 1542900000, "ttl": 60, "version": "2.3"}
    names = ["system_information", "station_information", "station_status"]
    feeds = {
        "gbfs": {"en": {"feeds": [{"name": n, "url": f"{n}.json"} for n in names]}},
        "system_information": {
            "system_id": "e2e", "language": "en", "name": "e2e", "timezone": "Europe/Paris",
        },
        "station_information": {"stations": [
            {"station_id": str(i), "name": n, "lat": la, "lon": lo, "capacity": 6}
            for i, (n, la, lo) in enumerate(stations)
        ]},
        "station_status": {"stations": [
            {"station_id": str(i), "num_bikes_available": 3, "num_docks_available": 3,
             "is_installed": True, "is_renting": True, "is_returning": True,
             "last_reported": 1542900000}
            for i in range(len(stations))
        ]},
    }
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in feeds.items():
        (folder / f"{name}.json").write_text(json.dumps({**envelope, "data": data}), "utf-8")


def named_places(city):
    """N_PLACES places of the map with names of their own, found as a person would."""
    found = {}
    for word in ("hôtel", "place", "musée", "église", "gare", "plage", "jardin", "avenue"):
        for place in json.loads(run("search", "--city", city, "--limit", "8", "--json", word)):
            found.setdefault(place["name"], (place["name"], place["lat"], place["lon"]))
    if len(found) < N_PLACES:
        raise RuntimeError(f"only {len(found)} named places, {N_PLACES} wanted")
    return list(found.values())[:N_PLACES]


def demo(folder):
    """The city and the feed that the program opens by itself."""
    return [], "Gare Maritime"


def monaco(folder):
    """Real roads on real hills; the stations are the map's own places."""
    extract = need("osm/monaco.osm.pbf")
    heights = folder / "srtm"
    heights.mkdir()
    shutil.copy(need("osm/monaco-srtm-N43E007.hgt.zip"), heights / "N43E007.hgt.zip")
    city = folder / "monaco.city"
    run("import", extract, "-o", city, "--elevation", heights)
    places = named_places(city)
    write_feed(folder / "gbfs", places)
    return ["--city", city, "--stations", folder / "gbfs"], pick(city, places)


def paris(folder):
    """Real stations on real roads."""
    extract = need("osm/paris-streets.osm.pbf")
    register = need("stations/autolib-docks-2014.csv")
    city = folder / "paris.city"
    run("import", extract, "-o", city)
    inside = [
        s for s in json.loads(run("stations", register, "--json"))["stations"]
        if 48.8157 < s["lat"] < 48.9022 and 2.2242 < s["lon"] < 2.4699
    ]
    spoken = [s["spoken_name"] for s in inside]
    own = [(s["spoken_name"], s["lat"], s["lon"]) for s in inside
           if spoken.count(s["spoken_name"]) == 1]
    return ["--city", city, "--stations", register], pick(city, own)


def pick(city, stations):
    """The first station whose name is long enough to be told from others, and whose way by car from
    the start is one to four kilometres."""
    start = json.loads(run("info", "--json", city))["start"]
    for name, lat, lon in stations:
        if len(name) < 10 or any(c.isdigit() for c in name):
            continue
        try:
            route = json.loads(run("route", "--json", "--city", city,
                                   f"{start[0]},{start[1]}", f"{lat},{lon}"))
        except RuntimeError:
            continue
        if 1000 < route["length_m"] < 4000:
            return name
    raise RuntimeError("no station lies one to four kilometres away")


def loudest_db(path):
    """The loudest half second of a recording, dB of full scale: ducked music alone is below -40."""
    with wave.open(str(path)) as recording:
        half = recording.getframerate() // 2
        samples = array.array("h", recording.readframes(recording.getnframes()))
    windows = (samples[at:at + 2 * half] for at in range(0, len(samples), 2 * half))
    powers = [sum(s * s for s in w) / len(w) for w in windows]
    return 10 * math.log10(max(*powers, 1)) - 20 * math.log10(32768)


def main():
    name = sys.argv[1]
    folder = BUILD / "e2e" / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    print("1..2")
    try:
        options, station = {"demo": demo, "monaco": monaco, "paris": paris}[name](folder)
    except Missing as missing:
        print(f"ok 1 - trip in {name} # SKIP {missing}")
        print(f"ok 2 - voice in {name} # SKIP {missing}")
        return
    except RuntimeError as error:
        print(f"# {error}\nnot ok 1 - trip in {name}\nnot ok 2 - voice in {name}")
        return
    done = subprocess.run(
        [VOLANT, "script", SOURCE / "tests/e2e/trip.volant", "--set", f"station={station}",
         "--output", folder / "pictures", *map(str, options)],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=600, check=False,
    )
    for line in done.stdout.splitlines():
        print("#", line)
    print(f"{'ok' if done.returncode == 0 else 'not ok'} 1 - trip to {station} in {name}")
    recording = folder / "pictures" / "trip.wav"
    level = loudest_db(recording) if recording.exists() else -99
    # spoken answers are some 12 dB above the music beside them
    print(f"{'ok' if level > -26 else 'not ok'} 2 - voice in {name}: loudest {level:.0f} dB")


if __name__ == "__main__":
    main()
