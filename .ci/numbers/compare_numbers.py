"""Whether the program's numbers are those worked out independently, over many invented plants.

usage: compare_numbers.py PROGRAM PLANTS FOLDER [PROJECT...]
"""

import csv
import json
import subprocess
import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import invented_plants
from independent_numbers import FRS, Plant
from widened_plants import Widened

SHOWN = 20
AS_OF = str(invented_plants.TODAY)
FACTORS = (
    "classification", "blocks_closure", "consequence", "exploitability", "audit_impact", "score", "band",
    "kind", "treatment",
)


class Comparison:
    """What was compared in one plant, and what differed."""

    def __init__(self, name):
        self.name = name
        self.counted = Counter()
        self.differences = []

    def same(self, kind, where, ours, theirs):
        """Compares one value, or the values of a list."""
        self.counted[kind] += len(ours) if kind == "levels" else 1
        if ours != theirs:
            self.differences.append(f"{self.name}: {where}: {ours} expected, the program says {theirs}")

    def targets(self, plant, targets):
        """Everything said of each zone and conduit."""
        self.same("lists", "targets", sorted(plant.targets), sorted(it["tag"] for it in targets))
        for it in targets:
            tag = it["tag"]
            self.counted["targets"] += 1
            consequence, assumed = plant.consequences[tag]
            values = {
                "sl_t": plant.sl_t[tag],
                "sl_c": plant.levels(tag, plant.is_capable),
                "sl_a": plant.sl_a[tag],
                "sl_a_possible": plant.levels(tag, plant.is_possible),
                "sl_a_evidenced": plant.levels(tag, plant.is_proven),
                "shortfall": plant.shortfalls[tag],
            }
            for name, value in values.items():
                self.same("levels", f"{tag} {name}", value, it[name])
            for fr, ours, theirs in zip(FRS, plant.capping(tag), it["capping"]):
                self.same("capping lists", f"{tag} capping FR {fr + 1}", ours, theirs)
            factors = {
                "consequence": consequence,
                "consequence_assumed": assumed,
                "hops": plant.hops_of.get(tag),
                "exploitability": plant.exploitability(tag),
                "sl_t_derived": plant.derived_sl_t(tag),
            }
            for name, value in factors.items():
                if name in it:
                    self.same("factors", f"{tag} {name}", value, it[name])

    def gaps(self, plant, gaps):
        """Every gap with its factors, and the whole order."""

        def name(gap):
            return (gap["target"], gap["requirement"], gap.get("manual_finding"))

        ours = plant.gaps()
        theirs = {name(it): it for it in gaps}
        self.same("lists", "number of gaps", len(ours), len(gaps))
        self.same("lists", "ranks", list(range(1, len(gaps) + 1)), [it["rank"] for it in gaps])
        orders = {name(it): it["order"] for it in ours}
        for it in ours:
            self.counted["gaps"] += 1
            if name(it) not in theirs:
                self.differences.append(f"{self.name}: {name(it)}: a gap expected, the program has none")
                continue
            for factor in FACTORS:
                self.same("factors", f"{name(it)} {factor}", it[factor], theirs[name(it)][factor])
        for it in gaps:
            if name(it) not in orders:
                self.differences.append(f"{self.name}: {name(it)}: no gap expected, the program has one")
        ranked = [name(it) for it in gaps if name(it) in orders]
        for before, after in zip(ranked, ranked[1:]):
            depth = 5 if before[0] and after[0] else 4
            if orders[before][:depth] > orders[after][:depth]:
                self.differences.append(
                    f"{self.name}: {after} expected before {before} by {orders[after]} and {orders[before]}"
                )
        self.counted["places in the order"] += len(gaps)

    def exposure(self, plant, exposure):
        """The easiest paths and the choke conduits."""
        paths = {it["to"]: it for it in exposure["easiest_paths"]}
        ours = plant.easiest()
        self.same("lists", "zones with an easiest path", sorted(ours), sorted(paths))
        for zone in sorted(set(ours) & set(paths)):
            path = paths[zone]
            self.same("paths", f"resistance to {zone}", ours[zone], path["resistance"])
            total = sum(map(plant.resistance, path["conduits"]))
            self.same("paths", f"resistance of the path shown to {zone}", total, path["resistance"])
            self.same("paths", f"the path shown leads to {zone}", True, plant.is_path(path["conduits"], zone))
        trusted = {it for it in plant.zones if not plant.is_untrusted(it)}
        critical = {it for it in plant.zones if plant.consequences[it][0] >= 4}
        self.same("lists", "critical zones", sorted(critical), sorted(exposure["critical_zones"]))
        for kind, zones in (("choke_conduits", trusted), ("critical_choke_conduits", critical & trusted)):
            cut = exposure[kind]
            self.same("cuts", f"how many {kind}", plant.fewest_cuts(zones), len(cut))
            self.same("cuts", f"zones still reached past {kind}", set(), plant.reached(cut) & zones)

    def roadmap(self, plant, roadmap):
        """The waves and what they are worth."""
        for (wave, actions, levels), theirs in zip(plant.roadmap(), roadmap, strict=True):
            self.same("lists", "wave", wave, theirs["wave"])
            self.same("lists", f"actions of wave {wave}", sorted(actions), sorted(theirs["actions"]))
            for target, vector in levels.items():
                self.same("levels", f"{target} projected after {wave}", vector, theirs["projected_sl_a"].get(target))


    def coverage(self, plant, nis2):
        """The counts of Article 21(2)."""
        theirs = [(it["point"], [it["satisfied"], it["not_satisfied"], it["unknown"]]) for it in nis2]
        self.same("lists", "NIS2", list(plant.coverage()), theirs)

    def tracker(self, plant, gaps, file):
        """What the tracker says of each gap, in the order of the analysis."""
        named = {(it["target"], it["requirement"], it["manual_finding"]): it for it in plant.gaps()}
        with open(file, newline="", encoding="utf-8-sig") as table:
            lines = list(csv.DictReader(table))
        self.same("lists", "lines of the tracker", len(gaps), len(lines))
        for gap, line in zip(gaps, lines):
            ours = named.get((gap["target"], gap["requirement"], gap.get("manual_finding")))
            if ours is None:
                continue
            expected = {
                "Rank": gap["rank"], "Band": ours["band"], "Score": ours["score"], "Target": ours["target"] or "",
                "Requirement": ours["requirement"] or "", "Classification": ours["classification"],
                "Kind": ours["kind"], "Blocks closure": "yes" if ours["blocks_closure"] else "no",
                "C": ours["consequence"], "E": ours["exploitability"], "A": ours["audit_impact"],
                "Shortfall": ours["shortfall"], "Treatment": ours["treatment"],
            }
            for name, value in expected.items():
                self.same("tracker cells", f"tracker, rank {gap['rank']}, {name}", str(value), line[name])
            for name in ("Actions", "Acceptances"):
                told = sorted(filter(None, line[name].split(", ")))
                self.same("tracker cells", f"tracker, rank {gap['rank']}, {name}", sorted(ours[name.lower()]), told)


def run(program, *arguments):
    """Runs the program, for what it prints."""
    done = subprocess.run([program, *map(str, arguments)], capture_output=True, text=True, encoding="utf-8")
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(map(str, arguments))}: {done.stderr.strip() or done.stdout.strip()}")
    return done.stdout


def compare(program, name, file, folder):
    """Compares all numbers of a project file."""
    found = Comparison(name)
    tables = folder / "exported"
    run(program, "export", "tables", file, "-o", tables)
    analysis = json.loads(run(program, "analyze", file, "--json", "--as-of", AS_OF))
    plant = Plant(tables, AS_OF, file)
    found.targets(plant, analysis["targets"])
    found.gaps(plant, analysis["gaps"])
    open_questions = sorted((it["target"], it["requirement"]) for it in analysis["open_questions"])
    found.same("lists", "open questions", sorted(plant.with_satisfied("unknown")), open_questions)
    found.counted["open questions"] += len(open_questions)
    found.exposure(plant, analysis["exposure"])
    found.roadmap(plant, analysis["roadmap"])
    found.coverage(plant, analysis["nis2"])
    run(program, "tracker", file, "-o", folder / "tracker.csv", "--as-of", AS_OF)
    found.tracker(plant, analysis["gaps"], folder / "tracker.csv")
    return found


def invented(program, folder, seed):
    """A random plant: small, of 60 zones, or made by the program itself."""
    file = folder / "plant.zonewright"
    if seed % 10 == 9:
        sizes = ("--zones", seed % 37 + 2, "--conduits", seed % 50, "--conduit-answers", 90, "--seed", seed)
        folder.mkdir(parents=True)
        run(program, "generate", *sizes, "-o", file)
        return file
    plant = invented_plants.Invented(seed, 60 if seed % 80 == 40 else None).made()
    invented_plants.write(plant, folder / "tables")
    run(program, "import", "tables", folder / "tables", "-o", file)
    if seed % 3 == 0:
        text = Widened(file.read_text(encoding="utf-8"), plant, seed).made()
        file.write_text(text, encoding="utf-8")
    return file


def one(program, folder, name):
    """Makes and compares one plant: a seed, one made by hand, or a file."""
    folder = Path(folder)
    try:
        if isinstance(name, int):
            here = folder / f"plant-{name}"
            return compare(program, f"plant {name}", invented(program, here, name), here)
        if isinstance(name, Path):
            here = folder / name.stem
            return compare(program, name.stem, name, here)
        here = folder / name.replace(" ", "-")
        invented_plants.write(invented_plants.by_hand()[name], here / "tables")
        run(program, "import", "tables", here / "tables", "-o", here / "plant.zonewright")
        return compare(program, name, here / "plant.zonewright", here)
    except RuntimeError as problem:
        failed = Comparison(str(name))
        failed.differences.append(f"{name}: {problem}")
        return failed


def main(program, plants, folder, *files):
    """Compares all, prints how much was equal, or the first differences."""
    names = [*map(Path, files), *invented_plants.by_hand(), *range(int(plants))]
    with ProcessPoolExecutor() as workers:
        all_found = list(workers.map(one, [program] * len(names), [folder] * len(names), names))
    counted = sum((it.counted for it in all_found), Counter())
    differences = [it for found in all_found for it in found.differences]
    print(f"{len(names):,} plants:", ", ".join(f"{count:,} {kind}" for kind, count in sorted(counted.items())))
    for it in differences[:SHOWN]:
        print(it)
    if differences:
        sys.exit(f"{len(differences):,} differences in {sum(bool(it.differences) for it in all_found):,} plants")
    print("all equal")


if __name__ == "__main__":
    main(*sys.argv[1:])
