//! Chapter: how the figures come about.

use super::*;
use crate::report::outline::Span;

pub(super) fn chapter(material: &Material) -> Vec<Block> {
    let mut blocks = vec![anchored(1, "Method", "method")];
    let facts = [
        (
            "What is assessed",
            "Zones against all 51 system requirements and 49 requirement enhancements of IEC 62443-3-3:2013; conduits against \
             those that make sense for a channel. Each requirement has a gate: the lowest security level that demands it. \
             37 are demanded at level 1, 60 at 2, 90 at 3, 100 at 4.",
        ),
        (
            "Satisfied",
            "Met; compensated, where the countermeasure is described; not applicable, where that is justified. Partial and not \
             met are not. Anything else is unknown. An inherited answer counts as it does where it comes from.",
        ),
        (
            "SL-A, achieved",
            "Of a foundational requirement, the highest level at which everything demanded is satisfied. SL-A possible counts \
             what is unknown as satisfied; SL-A evidenced counts only what current, accepted evidence proves.",
        ),
        (
            "Falls short",
            "The target above what SL-A could still become: only answers make it short. What is merely not answered is open, and \
             of what nothing is answered nobody can say.",
        ),
        ("SL-C, capability", "The same over what the technology in place could do, whether or not it is switched on."),
        (
            "SL-T, target",
            "Set by the team for each foundational requirement, from the worst consequence and how easily the target is reached.",
        ),
        (
            "Gap and open question",
            "A requirement demanded by the target that is not satisfied, or of which nobody knows. A gap is closed by configuring \
             what is there or by an upgrade; where that is not known, it is to be clarified.",
        ),
        (
            "Classification",
            "Not met at gate 1 is major, at a higher gate minor; partial is one step lower. A major gap where the worst consequence is \
             4 or 5 blocks closure.",
        ),
        (
            "Priority",
            "C × E × A, scaled to 100. C: the worst consequence of the zone or of a scenario that names it; a conduit takes the higher \
             of its zones; 3 is assumed where nobody said. E: 5 less the fewest conduits from an untrusted zone, one more where \
             access is always on or a protocol proves nobody's identity. A: 3 for major, 2 for minor, 1 for an observation. P1 from 60, \
             P2 from 30, P3 from 12.",
        ),
        (
            "Limits",
            "Levels describe what was found on the days of the assessment by interview, document review and inspection. They are no \
             certificate, and no penetration test was part of it unless stated in the scope.",
        ),
    ];
    blocks.push(Block::Facts(facts.map(|(label, text)| (label.to_owned(), vec![Span::from(text)])).into()));
    blocks.push(note(format!(
        "Made with Zonewright {} from the project as of {}. The texts of the IEC standards are not reproduced; titles are short forms.",
        env!("CARGO_PKG_VERSION"),
        material.analysis.as_of,
    )));
    blocks
}
