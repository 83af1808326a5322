"""The numbers of an assessment, worked out a second time from its tables.

Follows the domain rules, sections 2 to 7, 10 and 11, and shares nothing with the program.
What tables cannot say (scope, overrides, manual findings, organisational measures, the table
that SL-T is derived from) is read from the project file.
"""

import csv
import heapq
from collections import defaultdict, deque
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path

import project_file
from facts import GATES, NIS2, NOT_OF_CONDUITS, UNAUTHENTICATED

FRS = range(7)
CATEGORIES = ("safety", "environment", "operations", "finance", "reputation", "public_service")
WAVES = ("now", "next", "next outage", "later")
STEPS_DOWN = {"major": "minor", "minor": "observation"}
AUDIT_IMPACT = {"major": 3, "minor": 2, "observation": 1}
KINDS = {"yes": "configure", "no": "upgrade", "unknown": "to clarify"}
TREATMENTS = {
    (False, False): "untreated", (True, False): "action", (False, True): "accepted", (True, True): "both",
}
DERIVED = (1, 1, 2, 3, 4)
MEASURES = {"Satisfied": "yes", "NotSatisfied": "no", "Unknown": "unknown"}
UNKNOWN = {"status": "not assessed"}
MET = {"status": "met", "capable": "unknown"}


def requirements():
    """Every requirement in order, with its gate."""
    gates = {}
    for entry in GATES.split():
        number, levels = entry.split(":")
        for enhancement, gate in enumerate(levels):
            gates[f"SR {number}" + (f" RE {enhancement}" if enhancement else "")] = int(gate)
    return gates


REQUIREMENTS = requirements()
WITHOUT_AUTHENTICATION = {it.lower() for names in UNAUTHENTICATED.items() for it in names}
ORDER = {it: place for place, it in enumerate(REQUIREMENTS)}


def fr_of(requirement):
    """The FR of a requirement, counted from 0."""
    return int(requirement[3]) - 1


def sr_of(requirement):
    """The SR a requirement is or enhances."""
    return requirement.split(" RE ")[0]


def several(cell):
    """The values of a cell that holds several."""
    return [it.strip() for it in (cell or "").split(";") if it.strip()]


def number(cell):
    """A number in a cell, if there is one."""
    return int(cell) if cell else None


def pair(text):
    """A target and a requirement written as one."""
    target, _, requirement = text.rpartition("/")
    return target, requirement


def day(cell):
    """A date in a cell, if there is one."""
    return date.fromisoformat(cell) if cell else None


def rows(folder, name):
    """The rows of a table, none where there is no table."""
    path = Path(folder) / f"{name}.csv"
    if not path.exists():
        return []
    with open(path, newline="", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


class Plant:
    """A plant as its tables and its project file tell it, seen on one day."""

    def __init__(self, folder, as_of, file=None):
        self.today = date.fromisoformat(as_of)
        self.zones = {it["tag"]: it for it in rows(folder, "zones")}
        self.conduits = {it["tag"]: it for it in rows(folder, "conduits")}
        self.assets = {it["tag"]: it for it in rows(folder, "assets")}
        self.flows = rows(folder, "flows")
        self.answers = {(it["target"], it["requirement"]): it for it in rows(folder, "answers")}
        self.evidence = {it["tag"]: it for it in rows(folder, "evidence")}
        self.risks = rows(folder, "risks")
        self.actions = rows(folder, "actions")
        self.acceptances = rows(folder, "acceptances")
        self.targets = {**self.zones, **self.conduits}
        self.sl_t = {tag: self.vector(it["sl_t"]) for tag, it in self.targets.items()}
        self.scope, self.own_scope = {}, {}
        self.overrides, self.manual_findings = {}, []
        self.measures = []
        self.derived, self.steps_of_scale = DERIVED, 5
        if file:
            self.read_project(project_file.project(file))
        self.hops_of = self.hops()
        self.in_scope = {tag: self.scope_of(tag) for tag in self.targets}
        self.sl_a = {tag: self.levels(tag, self.is_satisfied) for tag in self.targets}
        self.consequences = {tag: self.consequence(tag) for tag in self.targets}
        self.shortfalls = {tag: self.shortfall(tag) for tag in self.targets}

    @staticmethod
    def vector(cell):
        """A vector of levels as a table writes it."""
        return [int(it) for it in cell.split("-")] if cell else [None] * 7

    def read_project(self, project):
        """What the tables leave out."""
        tags = project_file.tags(project)
        settings = project.get("settings", {})
        self.scope = settings.get("conduit_scope", {})
        if "derivation" in settings:
            (self.derived,) = settings["derivation"]
        if "matrix" in settings:
            self.steps_of_scale = len(settings["matrix"]["consequence"])
        # tables have ratings spread over 1 to 5 already
        for it in project.get("zones", {}).values():
            self.zones[it["tag"]]["consequence"] = it.get("consequence")
        rated = {it["tag"]: it.get("consequences", {}) for it in project.get("risks", {}).values()}
        for it in self.risks:
            it.update({category: rated[it["tag"]].get(category) for category in CATEGORIES})
        for it in project.get("conduits", {}).values():
            self.own_scope[it["tag"]] = it.get("scope", {})
        for key, it in project.get("overrides", {}).items():
            target, requirement = pair(key)
            values = {name: factor["value"] for name, factor in it.items()}
            if "classification" in values:
                values["classification"] = project_file.word(values["classification"]).lower()
            self.overrides[tags.get(target), requirement] = values
        findings = {key: it["tag"] for key, it in project.get("manual_findings", {}).items()}
        for kind, named_in in (("actions", self.actions), ("acceptances", self.acceptances)):
            by_tag = {it["tag"]: it.get("findings", []) for it in project.get(kind, {}).values()}
            for it in named_in:
                it["findings"] = [findings.get(key) for key in by_tag[it["tag"]]]
        for it in project.get("measures", {}).values():
            points = {project_file.word(point).strip("'") for point in it.get("points", [])}
            self.measures.append((points, project_file.word(it.get("status"), "Unknown")))
        for it in project.get("manual_findings", {}).values():
            if not it.get("closed"):
                zones = [tags.get(zone) for zone in it.get("targets", [])]
                zones += [self.assets[tags[asset]]["zone"] for asset in it.get("assets", []) if asset in tags]
                named = sorted(it.get("requirements", []), key=ORDER.get)
                self.manual_findings.append({
                    "tag": it["tag"],
                    "targets": sorted({zone for zone in zones if zone}) or [None],
                    "requirement": named[0] if named else None,
                    "classification": project_file.word(it.get("classification"), "Minor").lower(),
                })

    # Section 2: answers.

    def scope_of(self, target):
        """The requirements a target is assessed against."""
        if target in self.zones:
            return list(REQUIREMENTS)
        chosen = {**{it: it not in NOT_OF_CONDUITS for it in map(sr_of, REQUIREMENTS)}, **self.scope}
        chosen.update(self.own_scope.get(target, {}))
        return [it for it in REQUIREMENTS if chosen[sr_of(it)]]

    def answer(self, target, requirement, closed=()):
        """The answer that counts, an inherited one's at its source; closed gaps are answered Met."""
        seen = set()
        while target in self.targets and target not in seen:
            seen.add(target)
            if (target, requirement) in closed:
                return MET
            answer = self.answers.get((target, requirement), UNKNOWN)
            if answer["status"] != "inherited":
                return answer
            target = answer["inherited_from"]
        return UNKNOWN

    @staticmethod
    def satisfied(answer):
        """Whether an answer satisfies: yes, no or unknown."""
        if answer["status"] == "met":
            return "yes"
        if answer["status"] in ("partial", "not met"):
            return "no"
        if answer["status"] in ("compensated", "not applicable") and answer["text"].strip():
            return "yes"
        return "unknown"

    def is_satisfied(self, answer):
        """Counted for SL-A."""
        return self.satisfied(answer) == "yes"

    def is_possible(self, answer):
        """Counted for what SL-A may still be."""
        return self.satisfied(answer) != "no"

    def is_proven(self, answer):
        """Counted for SL-A evidenced."""
        if self.satisfied(answer) != "yes":
            return False
        return answer["status"] == "not applicable" or any(
            self.is_current(self.evidence[it]) for it in several(answer["evidence"])
        )

    def is_current(self, evidence):
        """Whether evidence is accepted and has not expired."""
        expires = day(evidence["expires_on"])
        return evidence["accepted"] == "yes" and (expires is None or expires >= self.today)

    @staticmethod
    def capable(answer):
        """Whether the technology is capable: yes, no or unknown."""
        return answer.get("capable") or "unknown"

    def is_capable(self, answer):
        """Counted for SL-C."""
        capable = self.capable(answer)
        return capable == "yes" or (capable == "unknown" and answer["status"] == "met")

    # Section 3: levels.

    def levels(self, target, counts, closed=()):
        """The level of each FR, over the answers that count."""
        levels = [None] * 7
        for it in self.in_scope[target]:
            fr = fr_of(it)
            reached = 4 if counts(self.answer(target, it, closed)) else REQUIREMENTS[it] - 1
            levels[fr] = reached if levels[fr] is None else min(levels[fr], reached)
        return levels

    def shortfall(self, target):
        """How far SL-A stays below SL-T in each FR."""
        return [
            0 if None in (wanted, got) else max(0, wanted - got)
            for wanted, got in zip(self.sl_t[target], self.sl_a[target])
        ]

    def capping(self, target):
        """What keeps each FR from its next level."""
        return [
            [
                it for it in self.in_scope[target]
                if fr_of(it) == fr
                and REQUIREMENTS[it] <= self.sl_a[target][fr] + 1
                and not self.is_satisfied(self.answer(target, it))
            ]
            for fr in FRS
        ]

    # Sections 5 to 7: consequence and exposure.

    def consequence(self, target):
        """The consequence of a target and whether it is assumed."""
        if target in self.conduits:
            ends = [self.consequence(it) for it in self.ends(target)]
            return max(ends, key=lambda it: (it[0], not it[1]), default=(3, True))
        ratings = [number(self.zones[target]["consequence"])]
        for risk in self.risks:
            if target in several(risk["targets"]):
                ratings += [number(risk[it]) for it in CATEGORIES]
        ratings = [self.of_five(it) for it in ratings if it is not None]
        return (max(ratings), False) if ratings else (3, True)

    def of_five(self, rating):
        """A rating on the project's scale, spread over 1 to 5."""
        return 1 + round(4 * (min(rating, self.steps_of_scale) - 1) / (self.steps_of_scale - 1))

    def ends(self, conduit):
        """The zones a conduit has at its ends."""
        it = self.conduits[conduit]
        return [end for end in (it["from"], it["to"]) if end in self.zones]

    def is_untrusted(self, zone):
        """Whether nothing from this zone is to be trusted."""
        it = self.zones[zone]
        return it["trust"] == "External" or it["untrusted"] == "yes"

    def steps(self):
        """Every way a conduit may be crossed: where from, which conduit, where to."""
        for tag, it in self.conduits.items():
            if len(self.ends(tag)) == 2:
                if it["initiated_by"] in ("from", "both", ""):
                    yield it["from"], tag, it["to"]
                if it["initiated_by"] in ("to", "both", ""):
                    yield it["to"], tag, it["from"]

    def hops(self):
        """The fewest conduits to cross from any untrusted zone, for all that can be reached."""
        onward = defaultdict(list)
        for start, _, end in self.steps():
            onward[start].append(end)
        hops = {it: 0 for it in self.zones if self.is_untrusted(it)}
        waiting = deque(hops)
        while waiting:
            zone = waiting.popleft()
            for end in onward[zone]:
                if end not in hops:
                    hops[end] = hops[zone] + 1
                    waiting.append(end)
        for tag in self.conduits:
            near = [hops[end] for end in self.ends(tag) if end in hops]
            if near:
                hops[tag] = min(near)
        return hops

    def open_conduits(self):
        """Conduits that stand open to remote access or carry a protocol with no authentication."""
        carrying = {it["conduit"] for it in self.flows if it["protocol"].strip().lower() in WITHOUT_AUTHENTICATION}
        return {
            tag for tag, it in self.conduits.items() if it["remote_access"] == "always-on" or tag in carrying
        }

    @cached_property
    def eased(self):
        """The targets that are one step easier to exploit."""
        conduits = self.open_conduits()
        zones = set()
        for tag in conduits:
            it = self.conduits[tag]
            if it["initiated_by"] != "to":
                zones.add(it["to"])
            if it["initiated_by"] != "from":
                zones.add(it["from"])
        return conduits | zones

    def exploitability(self, target):
        """How easily an attacker gets to a target."""
        hops = self.hops_of.get(target)
        reach = 1 if hops is None else max(1, 5 - hops)
        return min(5, reach + (target in self.eased))

    def derived_sl_t(self, target):
        """The SL-T proposed for a target, alike for each FR."""
        level = self.derived[self.consequences[target][0] - 1]
        return [max(0, level - 1) if self.exploitability(target) == 1 else level] * 7

    # Sections 4 and 5: gaps and their order.

    def demanded(self, target):
        """The requirements that a target's SL-T demands."""
        for it in self.in_scope[target]:
            wanted = self.sl_t[target][fr_of(it)]
            if wanted is not None and REQUIREMENTS[it] <= wanted:
                yield it

    def with_satisfied(self, wanted):
        """The targets and demanded requirements that are satisfied as wanted."""
        return [
            (target, it)
            for target in self.targets
            for it in self.demanded(target)
            if self.satisfied(self.answer(target, it)) == wanted
        ]

    def treatments(self):
        """The actions and the acceptances that treat each gap and each manual finding today."""
        treated = defaultdict(lambda: ([], []))
        for it in self.actions:
            if it["status"].lower() != "dropped":
                for gap in [*map(pair, several(it["closes"])), *it.get("findings", [])]:
                    treated[gap][0].append(it["tag"])
        for it in self.acceptances:
            expires = day(it["expires_on"])
            if expires is None or expires >= self.today:
                for gap in [*map(pair, several(it["gaps"])), *it.get("findings", [])]:
                    treated[gap][1].append(it["tag"])
        return treated

    def proposed_classification(self, target, requirement):
        """What a gap would be called in an audit."""
        rank = "major" if REQUIREMENTS[requirement] == 1 else "minor"
        partial = self.answer(target, requirement)["status"] == "partial"
        return STEPS_DOWN[rank] if partial else rank

    def ranked(self, target, requirement, classification, treatment, override, exploitability):
        """A gap with its factors, and what it is ranked by."""
        classification = override.get("classification", classification)
        consequence = override.get("consequence", self.consequences[target][0] if target else 3)
        blocks = override.get("blocks_closure", classification == "major" and consequence >= 4)
        exploitability = override.get("exploitability", exploitability.get(target, 1))
        impact = override.get("audit_impact", 3 if blocks else AUDIT_IMPACT[classification])
        product = consequence * exploitability * impact
        score = (200 * product + 75) // 150
        shortfall = self.shortfalls[target][fr_of(requirement)] if target and requirement else 0
        return {
            "target": target,
            "requirement": requirement,
            "classification": classification,
            "blocks_closure": blocks,
            "consequence": consequence,
            "exploitability": exploitability,
            "audit_impact": impact,
            "score": score,
            "band": "P1" if score >= 60 else "P2" if score >= 30 else "P3" if score >= 12 else "P4",
            "shortfall": shortfall,
            "treatment": TREATMENTS[bool(treatment[0]), bool(treatment[1])],
            "actions": treatment[0],
            "acceptances": treatment[1],
            "order": (-product, not blocks, -shortfall, ORDER.get(requirement, len(ORDER)), target or ""),
        }

    def gaps(self):
        """Every gap, the most urgent first; manual findings are among them."""
        treated = self.treatments()
        exploitability = {it: self.exploitability(it) for it in self.targets}
        found = []
        for target, it in self.with_satisfied("no"):
            gap = self.ranked(
                target, it, self.proposed_classification(target, it), treated[target, it],
                self.overrides.get((target, it), {}), exploitability,
            )
            gap["kind"] = KINDS[self.capable(self.answer(target, it))]
            gap["manual_finding"] = None
            found.append(gap)
        for finding in self.manual_findings:
            for target in finding["targets"]:
                gap = self.ranked(
                    target, finding["requirement"], finding["classification"], treated[finding["tag"]], {},
                    exploitability,
                )
                gap["kind"] = "to clarify"
                gap["manual_finding"] = finding["tag"]
                found.append(gap)
        return sorted(found, key=lambda it: it["order"])

    # Section 7: paths.

    def resistance(self, conduit):
        """What it takes to cross a conduit."""
        levels = [self.sl_a[conduit][fr] for fr in (0, 1, 4) if self.sl_a[conduit][fr] is not None]
        return 1 + min(levels, default=0)

    def easiest(self):
        """The least total resistance to every zone that can be reached."""
        onward = defaultdict(list)
        for start, conduit, end in self.steps():
            onward[start].append((conduit, end))
        waiting = [(0, it) for it in self.zones if self.is_untrusted(it)]
        best = {}
        while waiting:
            total, zone = heapq.heappop(waiting)
            if zone not in best:
                best[zone] = total
                for conduit, end in onward[zone]:
                    heapq.heappush(waiting, (total + self.resistance(conduit), end))
        return {zone: total for zone, total in best.items() if not self.is_untrusted(zone)}

    def is_path(self, conduits, to):
        """Whether conduits lead one after another from an untrusted zone."""
        here = {it for it in self.zones if self.is_untrusted(it)}
        for crossed in conduits:
            here = {end for start, conduit, end in self.steps() if conduit == crossed and start in here}
        return to in here

    def reached(self, without=()):
        """The zones an attacker gets to when some conduits are cut."""
        here = {it for it in self.zones if self.is_untrusted(it)}
        before = None
        while before != len(here):
            before = len(here)
            here |= {end for start, conduit, end in self.steps() if conduit not in without and start in here}
        return here

    def fewest_cuts(self, zones):
        """How many conduits have to be cut, at the least, to keep attackers from zones."""
        room = defaultdict(int)
        onward = defaultdict(set)
        endless = len(self.conduits) + 1
        for start, _, end in self.steps():
            room[start, end] += 1
        for zone in self.zones:
            if self.is_untrusted(zone):
                room["start", zone] = endless
        for zone in zones:
            room[zone, "end"] = endless
        for start, end in list(room):
            onward[start].add(end)
            onward[end].add(start)
        cuts = 0
        while True:
            came_from = {"start": None}
            waiting = deque(["start"])
            while waiting and "end" not in came_from:
                here = waiting.popleft()
                for there in onward[here]:
                    if there not in came_from and room[here, there] > 0:
                        came_from[there] = here
                        waiting.append(there)
            if "end" not in came_from:
                return cuts
            there = "end"
            while came_from[there] is not None:
                here = came_from[there]
                room[here, there] -= 1
                room[there, here] += 1
                there = here
            cuts += 1

    # Section 10: the roadmap.

    def wave(self, action):
        """The wave an action falls in."""
        due = day(action["due"])
        if action["wave"]:
            return action["wave"]
        if action["outage"] == "yes":
            return "next outage"
        for wave, days in (("now", 30), ("next", 90)):
            if due and due <= self.today + timedelta(days=days):
                return wave
        return "later"

    def roadmap(self):
        """The actions of each wave, and SL-A once they and those before are done."""
        gaps = set(self.with_satisfied("no"))
        closed = set()
        for wave in WAVES:
            actions = [it for it in self.actions if it["status"].lower() != "dropped" and self.wave(it) == wave]
            closed |= gaps & {pair(it) for action in actions for it in several(action["closes"])}
            yield wave, [it["tag"] for it in actions], {
                it: self.levels(it, self.is_satisfied, closed) for it in self.targets
            }

    # Section 11: NIS2.

    def coverage(self):
        """How many mapped requirements and measures of each point are satisfied, are not, or nobody knows."""
        for point, numbers in NIS2.items():
            mapped = {f"SR {it}" for it in numbers.split(", ")}
            standing = [
                self.satisfied(self.answer(target, it))
                for target in self.targets
                for it in self.demanded(target)
                if it in mapped
            ]
            standing += [MEASURES[status] for points, status in self.measures if point in points]
            yield point, [standing.count(it) for it in ("yes", "no", "unknown")]
