"""Whether two folders of tables say the same of a plant: zones, conduits, assets and flows.

usage: same_tables.py TABLES AGAIN
"""

import csv
import sys
from pathlib import Path


def rows(folder, name):
    path = Path(folder) / f"{name}.csv"
    if not path.exists():
        return []
    with open(path, newline="", encoding="utf-8-sig") as file:
        return sorted(tuple(sorted(it.items())) for it in csv.DictReader(file))


def said(row):
    return {name: value for name, value in row if value}


ours, theirs = sys.argv[1:]
for name in ("zones", "conduits", "assets", "flows"):
    before, after = rows(ours, name), rows(theirs, name)
    if before != after:
        missing = [said(it) for it in before if it not in after]
        added = [said(it) for it in after if it not in before]
        sys.exit(f"{name} differ: {len(missing)} missing, {missing[:2]}; {len(added)} added, {added[:2]}")
print("the same tables again")
