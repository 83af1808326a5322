"""Invented plants as folders of tables: random ones by seed, and awkward ones made by hand.

Each plant is a dict from the name of a table to its rows. What tables cannot say is put into
the project file afterwards (see widened_plants.py).
"""

import csv
import random
from datetime import date, timedelta

from facts import UNAUTHENTICATED
from independent_numbers import CATEGORIES, REQUIREMENTS, fr_of

TODAY = date(2026, 11, 22)
NEAR = (-400, -31, -1, 0, 0, 1, 29, 30, 31, 89, 90, 91, 400)
AUTHENTICATED = ("modbus_tls", "opcua", "https", "ssh", "dnp3_tls", "rdp", "mqtts", "snmpv3")
NAMELESS = ("FooBus", "Vendor protocol 7", "modbus", "Modbus/TCP", "hart (4-20 mA overlay)", "HTTPS", "")
CAPABLE = ("yes", "yes", "")
CAPABLE_OR_NOT = ("yes", "no", "unknown", "")
STATUSES = ("not assessed", "met", "partial", "not met", "compensated", "not applicable")
COLUMNS = {
    "zones": "tag name parent purdue trust untrusted consequence sl_t",
    "conduits": "tag name from to initiated_by remote_access filtering sl_t",
    "assets": "tag name type zone other_zones criticality",
    "flows": "conduit from_asset to_asset protocol port both_ways",
    "answers": "target requirement status inherited_from capable text evidence",
    "evidence": "tag title expires_on accepted",
    "risks": "tag title targets safety environment operations finance reputation public_service actions",
    "actions": "tag title start due status outage wave closes",
    "acceptances": "tag gaps reason accepted_by accepted_on expires_on",
}


def write(plant, folder):
    """Writes a plant as tables."""
    folder.mkdir(parents=True)
    for name, columns in COLUMNS.items():
        with open(folder / f"{name}.csv", "w", newline="", encoding="utf-8") as file:
            table = csv.DictWriter(file, columns.split(), restval="")
            table.writeheader()
            table.writerows(plant.get(name, []))


def levels(values):
    """A vector of levels as a table writes it."""
    return "-".join(map(str, values))


class Invented:
    """A random plant; the same seed gives the same one."""

    def __init__(self, seed, zones=None):
        self.random = random.Random(seed)
        self.most_zones = zones
        self.tables = {}

    def some(self, things, most):
        """A few of many things, in any order."""
        return self.random.sample(things, min(len(things), self.random.randint(0, most)))

    def chance(self, share):
        """True in this share of the cases."""
        return self.random.random() < share

    def near(self):
        """A date around today, or none."""
        return "" if self.chance(0.25) else str(TODAY + timedelta(days=self.random.choice(NEAR)))

    def sl_t(self):
        """Levels wanted: none, all alike or all different."""
        pick = self.random.random()
        if pick < 0.1:
            return ""
        if pick < 0.3:
            return levels([self.random.randint(0, 4)] * 7)
        return levels(self.random.randint(0, 4) for _ in range(7))

    def made(self):
        """The tables of the plant."""
        pick = self.random
        count = self.most_zones or pick.choice((1, 2, 3, 4, 5, 6, 8, 10))
        rate = pick.choice((0.05, 0.2, 0.5))
        assumed = pick.choice((0, 0.3, 1))
        style = pick.choice(("Z-{}", "Z-{:03}", "z{}", "Zone {}"))
        self.zones = [style.format(pick.choice((it, it, it + 100))) for it in range(count)]
        pick.shuffle(self.zones)
        zones = [
            {
                "tag": tag,
                "name": f"Zone {tag}",
                "parent": pick.choice(self.zones[:place]) if place and self.chance(0.3) else "",
                "purdue": pick.choice(("", "0", "1", "2", "3", "3.5", "4", "5")),
                "trust": "External" if self.chance(rate) else pick.choice(("Enterprise", "Operational", "Safety", "")),
                "untrusted": "yes" if self.chance(rate / 4) else pick.choice(("no", "")),
                "consequence": "" if self.chance(assumed) else pick.randint(1, 5),
                "sl_t": self.sl_t(),
            }
            for place, tag in enumerate(self.zones)
        ]
        self.conduits = [f"{pick.choice(('C-', 'c', 'A'))}{it}" for it in range(pick.randint(0, count * 2))]
        open_ones = pick.choice((0, 0.1, 0.4))
        conduits = [
            {
                "tag": tag,
                "from": "" if self.chance(0.04) else pick.choice(self.zones),
                "to": "" if self.chance(0.04) else pick.choice(self.zones),
                "initiated_by": pick.choice(("from", "to", "both", "")),
                "remote_access": "always-on" if self.chance(open_ones) else pick.choice(("none", "on-demand", "")),
                "filtering": pick.choice(("none", "stateful", "application", "one-way", "")),
                "sl_t": self.sl_t(),
            }
            for tag in self.conduits
        ]
        self.targets = self.zones + self.conduits
        self.assets = [f"A-{it}" for it in range(count * 2)]
        assets = [
            {"tag": tag, "zone": pick.choice(self.zones + [""]), "type": pick.choice(("plc", "hmi", "historian"))}
            for tag in self.assets
        ]
        flows = [self.flow() for _ in range(pick.randint(0, count * 2))]
        self.evidence = [f"E-{it}" for it in range(6)]
        evidence = [
            {"tag": tag, "title": "Record", "expires_on": self.near(), "accepted": pick.choice(("yes", "yes", "no", ""))}
            for tag in self.evidence
        ]
        answers = [it for target in self.targets for it in self.answers(target)]
        self.pairs = [f"{it['target']}/{it['requirement']}" for it in answers]
        actions = [self.action(f"T-{it}") for it in range(pick.randint(0, 8))]
        return {
            "zones": zones,
            "conduits": conduits,
            "assets": assets,
            "flows": flows,
            "evidence": evidence,
            "answers": answers,
            "actions": actions,
            "risks": [self.risk(f"R-{it}", assumed) for it in range(pick.randint(0, 4))],
            "acceptances": [
                {"tag": f"K-{it}", "gaps": ";".join(self.some(self.pairs, 30)), "expires_on": self.near()}
                for it in range(pick.randint(0, 3))
            ],
        }

    def flow(self):
        """A flow of any protocol, mostly on a conduit."""
        pick = self.random
        protocols = pick.choice((AUTHENTICATED, AUTHENTICATED, NAMELESS, sorted(UNAUTHENTICATED)))
        return {
            "conduit": pick.choice(self.conduits + [""]),
            "from_asset": pick.choice(self.assets + [""]),
            "to_asset": pick.choice(self.assets + [""]),
            "protocol": pick.choice(protocols),
            "both_ways": pick.choice(("yes", "no", "")),
        }

    def answers(self, target):
        """The answers of a target, good up to a level of its own in each FR."""
        pick = self.random
        good = [pick.randint(0, 4) for _ in range(7)]
        answered = pick.choice((0, 0.5, 0.9, 1, 1, 1))
        proven = pick.choice((0, 0.5, 0.97, 1))
        inheriting = pick.choice((0, 0, 0.05, 0.3))
        spoilt = pick.choice((0, 0, 0.01, 0.05))
        for it, gate in REQUIREMENTS.items():
            if not self.chance(answered):
                continue
            fine = gate <= good[fr_of(it)] and not self.chance(spoilt)
            status = pick.choice(("met", "met", "met", "compensated", "not applicable") if fine else STATUSES)
            source = pick.choice(self.targets) if self.chance(inheriting) else ""
            yield {
                "target": target,
                "requirement": it,
                "status": "inherited" if source else status,
                "inherited_from": source,
                "capable": pick.choice(CAPABLE if fine and not self.chance(spoilt) else CAPABLE_OR_NOT),
                "text": "As agreed" if fine or self.chance(0.5) else "",
                "evidence": ";".join(self.some(self.evidence, 2) if self.chance(proven) else []),
            }

    def risk(self, tag, unset):
        """A scenario that names a few targets."""
        return {
            "tag": tag,
            "title": "Scenario",
            "targets": ";".join(self.some(self.targets, 4)),
            **{it: self.random.randint(1, 5) for it in CATEGORIES if not self.chance(max(0.5, unset))},
        }

    def action(self, tag):
        """An action that closes a few gaps, or things that are none."""
        pick = self.random
        return {
            "tag": tag,
            "title": "Action",
            "due": self.near(),
            "status": pick.choice(("planned", "in progress", "done", "verified", "dropped", "")),
            "outage": pick.choice(("yes", "no", "")),
            "wave": pick.choice(("now", "next", "next outage", "later", "", "")),
            "closes": ";".join(self.some(self.pairs, 60)),
        }


def answered(target, status, requirements=REQUIREMENTS, **more):
    """The same answer for many requirements."""
    return [{"target": target, "requirement": it, "status": status, **more} for it in requirements]


def zone(tag, **more):
    """A zone with SL-T 2 throughout."""
    return {"tag": tag, "sl_t": levels([2] * 7), **more}


def by_hand():
    """Awkward plants, by name."""
    outside = zone("Z-OUT", trust="External")
    line = [outside] + [zone(f"Z-{it}") for it in range(1, 7)]
    alike = ("Z-10", "Z-9", "z-1", "Z-é", "Z 1", "Z_1", "Z/1", "ZZ", "É-1")
    chain = [
        {"tag": f"C-{it}", "from": line[it]["tag"], "to": line[it + 1]["tag"], "sl_t": levels([2] * 7)}
        for it in range(6)
    ]
    return {
        "nothing untrusted": {
            "zones": [zone("Z-1"), zone("Z-2")],
            "conduits": [{"tag": "C-1", "from": "Z-1", "to": "Z-2", "remote_access": "always-on"}],
            "answers": answered("Z-1", "not met"),
        },
        "nothing but an untrusted zone": {
            "zones": [zone("Z-1", untrusted="yes", trust="Safety", consequence=5)],
            "answers": answered("Z-1", "not met"),
        },
        "everything out of reach": {
            "zones": line,
            "conduits": [{**it, "initiated_by": "to"} for it in chain],
            "answers": [row for it in line for row in answered(it["tag"], "not met", ["SR 1.1", "SR 2.1 RE 1"])],
        },
        "a long line": {
            "zones": line,
            "conduits": chain,
            "flows": [{"conduit": "C-5", "protocol": "modbus_tcp"}, {"conduit": "C-3", "protocol": "FooBus"}],
            "answers": [row for it in line + chain for row in answered(it["tag"], "partial", list(REQUIREMENTS)[:9])],
        },
        "one way in, one way out": {
            "zones": line[:4],
            "conduits": [
                {**chain[0], "initiated_by": "from"},
                {**chain[1], "initiated_by": "to", "remote_access": "always-on"},
                {**chain[2], "initiated_by": "from"},
            ],
            "flows": [{"conduit": "C-2", "protocol": "s7comm"}, {"conduit": "C-2", "protocol": "dns", "both_ways": "yes"}],
            "answers": [row for it in line[:4] for row in answered(it["tag"], "not met", ["SR 3.4"])],
        },
        "ends that dangle": {
            "zones": [outside, zone("Z-1", consequence=4)],
            "conduits": [
                {"tag": "C-1", "from": "Z-OUT", "to": "", "remote_access": "always-on", "sl_t": levels([4] * 7)},
                {"tag": "C-2", "from": "", "to": "", "sl_t": levels([4] * 7)},
                {"tag": "C-3", "from": "", "to": "Z-1", "sl_t": levels([4] * 7)},
                {"tag": "C-4", "from": "Z-1", "to": "Z-1", "sl_t": levels([4] * 7)},
            ],
            "flows": [{"conduit": "C-2", "protocol": "modbus_tcp"}],
            "answers": [row for it in range(1, 5) for row in answered(f"C-{it}", "not met")],
        },
        "levels 0 and 4": {
            "zones": [{"tag": f"Z-{it}", "sl_t": levels([it] * 7)} for it in range(5)],
            "answers": [row for it in range(5) for row in answered(f"Z-{it}", "partial")],
        },
        "all is well": {
            "zones": [zone("Z-1"), zone("Z-2"), zone("Z-3")],
            "evidence": [{"tag": "E-1", "accepted": "yes", "expires_on": str(TODAY)}],
            "answers": answered("Z-1", "met", evidence="E-1")
            + answered("Z-2", "inherited", inherited_from="Z-1", capable="no")
            + answered("Z-3", "inherited", inherited_from="Z-2"),
        },
        "proof of yesterday": {
            "zones": [zone("Z-1"), zone("Z-2")],
            "evidence": [{"tag": "E-1", "accepted": "yes", "expires_on": str(TODAY - timedelta(days=1))},
                         {"tag": "E-2", "accepted": "no"}],
            "answers": answered("Z-1", "met", evidence="E-1;E-2", capable="no")
            + answered("Z-2", "not applicable", text="No radio here"),
        },
        "words missing": {
            "zones": [zone("Z-1"), zone("Z-2"), zone("Z-3")],
            "answers": answered("Z-1", "not applicable") + answered("Z-2", "compensated", capable="yes")
            + answered("Z-3", "compensated", text="   "),
        },
        "circles": {
            "zones": [zone("Z-1"), zone("Z-2"), zone("Z-3"), zone("Z-4")],
            "answers": answered("Z-1", "inherited", inherited_from="Z-2")
            + answered("Z-2", "inherited", inherited_from="Z-3")
            + answered("Z-3", "inherited", inherited_from="Z-1")
            + answered("Z-4", "inherited", inherited_from="Z-1"),
        },
        "from a conduit and back": {
            "zones": [outside, zone("Z-1"), zone("Z-2")],
            "conduits": [{"tag": "C-1", "from": "Z-OUT", "to": "Z-1", "sl_t": levels([4] * 7)}],
            "answers": answered("Z-1", "inherited", inherited_from="C-1") + answered("C-1", "met")
            + answered("Z-2", "inherited", inherited_from="Z-1"),
            "actions": [{"tag": "T-1", "wave": "now", "closes": "Z-1/SR 1.1"}],
        },
        "a gap inherited and closed": {
            "zones": [zone("Z-1", consequence=4), zone("Z-2", consequence=5), zone("Z-3")],
            "answers": answered("Z-1", "not met", ["SR 6.1", "SR 6.2"], capable="yes")
            + answered("Z-2", "inherited", ["SR 6.1", "SR 6.2"], inherited_from="Z-1", capable="no")
            + answered("Z-3", "partial", ["SR 6.1", "SR 6.2", "SR 6.1 RE 1"]),
            "actions": [
                {"tag": "T-1", "wave": "next", "closes": "Z-1/SR 6.1;Z-1/SR 6.2"},
                {"tag": "T-2", "wave": "later", "closes": "Z-3/SR 6.1 RE 1;Z-3/SR 6.1;Z-3/SR 6.2", "status": "done"},
                {"tag": "T-3", "wave": "now", "closes": "Z-3/SR 6.1;Z-3/SR 6.2", "status": "dropped"},
            ],
            "acceptances": [
                {"tag": "K-1", "gaps": "Z-1/SR 6.1;Z-2/SR 6.1", "expires_on": str(TODAY)},
                {"tag": "K-2", "gaps": "Z-3/SR 6.1;Z-3/SR 6.2", "expires_on": str(TODAY - timedelta(days=1))},
            ],
        },
        "what is open when a gap closes": {
            "zones": [zone("Z-1"), {"tag": "Z-2", "sl_t": levels([1] * 7)}, {"tag": "Z-3"}],
            "answers": answered("Z-1", "met", list(REQUIREMENTS)[1:]) + answered("Z-2", "not met")
            + answered("Z-3", "not met"),
            "actions": [{"tag": "T-1", "wave": "now", "closes": ";".join(
                f"{target}/{it}" for target in ("Z-1", "Z-2", "Z-3") for it in REQUIREMENTS)}],
        },
        "ties": {
            "zones": [zone(tag, sl_t=levels([2, 4, 3, 2, 2, 3, 1]), consequence=4) for tag in alike]
            + [zone("Z-3", consequence=3), zone("Z-12", consequence=2)],
            "answers": [row for tag in (*alike, "Z-3", "Z-12")
                        for row in answered(tag, "partial" if tag == "Z-9" else "not met")],
        },
        "worst of scenarios": {
            "zones": [outside, zone("Z-1", consequence=1), zone("Z-2"), zone("Z-3", consequence=5)],
            "conduits": [{"tag": "C-1", "from": "Z-OUT", "to": "Z-1"}, {"tag": "C-2", "from": "Z-1", "to": "Z-2"},
                         {"tag": "C-3", "from": "Z-2", "to": "Z-OUT"}, {"tag": "C-4", "from": "Z-OUT", "to": ""}],
            "risks": [{"tag": "R-1", "targets": "Z-1;C-3", "public_service": 4, "safety": 2},
                      {"tag": "R-2", "targets": "Z-3", "finance": 1}, {"tag": "R-3", "targets": "Z-2"},
                      {"tag": "R-4", "targets": "C-4", "operations": 5}],
        },
        "two ways in": {
            "zones": line[:4],
            "conduits": [chain[0], {**chain[0], "tag": "C-9"}, chain[1], chain[2],
                         {"tag": "C-8", "from": "Z-OUT", "to": "Z-3", "sl_t": levels([1] * 7)}],
            "answers": answered("C-8", "met") + answered("C-0", "met", [it for it in REQUIREMENTS if it[3] in "12"])
            + answered("C-9", "met", [it for it in REQUIREMENTS if REQUIREMENTS[it] == 1]),
        },
    }
