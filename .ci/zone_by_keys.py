"""The answers that .ci/zone_by_keys types, and whether a table of answers holds just these."""

import csv
import re
import sys
from pathlib import Path

NOTES = [
    "Seen at the walk-down, panel 3.",
    "Operator: shared login on nights.",
    "Checked in the configuration.",
    "Vendor to confirm by letter.",
    "Logs are kept for 30 days.",
]
COMPENSATED = ["Locked room, card reader, log.", "Two people and a work permit.", "Jump host with recording."]
NOT_APPLICABLE = ["No radio in this zone.", "No mobile devices are let in.", "No public keys are used."]
WORDS = {1: "met", 2: "partial", 3: "not met", 4: "compensated", 5: "not applicable", 6: "inherited"}
# met mostly, and each other status again and again
STATUSES = [1, 1, 2, 1, 3, 1, 1, 4, 1, 2, 1, 3, 1, 5, 1, 1, 6, 2, 1, 3]


def planned():
    """Each requirement with its status, what is noted, and the text that the status asks for."""
    catalogue = Path("assets/catalogue/requirements.ron").read_text(encoding="utf-8")
    requirements = re.findall(r'^\s+id: "([SC]R [^"]+)"', catalogue, re.MULTILINE)
    for at, requirement in enumerate(requirements):
        status = STATUSES[at % len(STATUSES)]
        texts = {4: COMPENSATED, 5: NOT_APPLICABLE}.get(status)
        words = texts[at // len(STATUSES) % len(texts)] if texts else ""
        note = NOTES[at // 7 % len(NOTES)] if at % 7 == 3 and not texts else ""
        yield requirement, status, note, words


def main():
    if sys.argv[1] == "plan":
        for _, status, note, words in planned():
            print(status, note, words, sep="|")
        return
    with open(sys.argv[2], encoding="utf-8-sig", newline="") as file:
        found = {row["requirement"]: (row["status"], row["text"]) for row in csv.DictReader(file)}
    wanted = {it: (WORDS[status], note or words) for it, status, note, words in planned()}
    wrong = [it for it in sorted(wanted.keys() | found.keys()) if wanted.get(it) != found.get(it)]
    for it in wrong:
        print(f"{it}: wanted {wanted.get(it)}, found {found.get(it)}")
    texts = sum(1 for _, text in wanted.values() if text)
    print(f"{len(wanted) - len(wrong)} of {len(wanted)} answers are as entered, {texts} of them with a text")
    sys.exit(1 if wrong else 0)


main()
