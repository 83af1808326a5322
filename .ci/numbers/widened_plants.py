"""Puts into the project file of an invented plant what tables cannot say."""

import random
import re

from facts import NIS2, NOT_OF_CONDUITS
from independent_numbers import REQUIREMENTS, sr_of

SRS = sorted({sr_of(it) for it in REQUIREMENTS})
CLASSIFICATIONS = ("Major", "Minor", "Observation")


def quoted(values):
    """A list of texts as a project file writes it."""
    return "[" + ", ".join(f'"{it}"' for it in values) + "]"


def table(values):
    """Values by their names or identifiers as a project file writes them."""
    return "{" + ", ".join(f'"{key}": {value}' for key, value in values.items()) + "}"


def yes_no(value):
    """Yes or no as a project file writes it."""
    return "true" if value else "false"


class Widened:
    """A project file of an invented plant, and what is added to it; the same seed adds the same."""

    def __init__(self, text, plant, seed):
        self.text = text
        self.plant = plant
        self.random = random.Random(f"widened {seed}")
        self.ids = {tag: key for key, tag in re.findall(r'"([a-z]-\w+)": \(\n\s+tag: "([^"]*)"', text)}

    def some(self, things, most):
        """A few of many things, in any order."""
        return self.random.sample(things, min(len(things), self.random.randint(0, most)))

    def chance(self, share):
        """True in this share of the cases."""
        return self.random.random() < share

    def add(self, tag, fields):
        """Adds fields to the thing with this tag."""
        opening = f'"{self.ids[tag]}": ('
        self.text = self.text.replace(opening, f"{opening} {fields},", 1)

    def made(self):
        """The text of the project file with everything added."""
        for it in self.plant["conduits"]:
            if self.chance(0.4):
                self.add(it["tag"], f"scope: {self.scope()}")
        findings = self.manual_findings()
        for it in self.plant["actions"] + self.plant["acceptances"]:
            named = self.some(sorted(findings), 2)
            if named and self.chance(0.4):
                self.add(it["tag"], f"findings: {quoted(named)}")
        added = {
            "settings": self.settings(),
            "overrides": table(self.overrides()),
            "manual_findings": table(findings),
            "measures": table(self.measures()),
        }
        opening = "    project: (\n"
        fields = "".join(f"{name}: {value},\n" for name, value in added.items())
        return self.text.replace(opening, opening + fields, 1)

    def scope(self):
        """SRs a conduit is or is not assessed against; at times a whole FR is out."""
        if self.chance(0.2):
            number = self.random.randint(1, 7)
            chosen = {it: False for it in SRS if it.startswith(f"SR {number}.")}
        else:
            named = self.some(SRS, 12) + self.some(sorted(NOT_OF_CONDUITS), 3)
            chosen = {it: self.chance(0.5) for it in named}
        return table({it: yes_no(is_in) for it, is_in in chosen.items()})

    def settings(self):
        """The scope of all conduits, at times with another matrix and another table for SL-T."""
        pick = self.random
        steps = pick.randint(3, 6)
        words = quoted(map(str, range(steps)))
        levels = "[" + f"[{'Low, ' * steps}], " * steps + "]"
        matrix = f"matrix: (consequence: {words}, likelihood: {words}, levels: {levels}, tolerable: Low), "
        derivation = f"derivation: ({tuple(sorted(pick.choices(range(5), k=5)))}), "
        chosen = "".join(it for it in (matrix, derivation) if self.chance(0.3))
        return f"({chosen}conduit_scope: {self.scope()})"

    def overrides(self):
        """Factors the team has set for some answers."""
        pick = self.random
        overrides = {}
        for it in self.some(self.plant["answers"], 60):
            factors = {
                "classification": pick.choice(CLASSIFICATIONS),
                "blocks_closure": yes_no(self.chance(0.5)),
                "consequence": pick.randint(1, 5),
                "exploitability": pick.randint(1, 5),
                "audit_impact": pick.randint(1, 3),
            }
            chosen = {name: value for name, value in factors.items() if self.chance(0.4)}
            values = "".join(f'{name}: (value: {value}, reason: "As agreed"), ' for name, value in chosen.items())
            overrides[f"{self.ids[it['target']]}/{it['requirement']}"] = f"({values})"
        return overrides

    def manual_findings(self):
        """Findings of a walk-down, by their identifiers."""
        findings = {}
        for it in range(self.random.randint(0, 4)):
            targets = self.some([it["tag"] for it in self.plant["zones"] + self.plant["conduits"]], 3)
            assets = self.some([it["tag"] for it in self.plant["assets"]], 2)
            findings[f"n-{it:010}"] = (
                f'(tag: "AF-{it}", title: "Seen on a walk-down", '
                f"targets: {quoted(self.ids[it] for it in targets)}, assets: {quoted(self.ids[it] for it in assets)}, "
                f"requirements: {quoted(self.some(list(REQUIREMENTS), 3))}, "
                f"classification: {self.random.choice(CLASSIFICATIONS)}, closed: {yes_no(self.chance(0.2))})"
            )
        return findings

    def measures(self):
        """Organisational measures, by their identifiers."""
        return {
            f"m-{it:010}": (
                f'(tag: "OM-{it}", title: "Measure", '
                f"points: [{', '.join(map(repr, self.some(list(NIS2), 3)))}], "
                f"status: {self.random.choice(('Satisfied', 'NotSatisfied', 'Unknown'))})"
            )
            for it in range(self.random.randint(0, 3))
        }
