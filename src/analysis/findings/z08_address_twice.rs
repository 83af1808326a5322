//! Z08: an address that two assets claim.

use std::collections::{BTreeMap, BTreeSet};

use super::words::{all_of, some_of};
use super::{Check, Found, Plant, Severity};
use crate::analysis::fixes;
use crate::model::AssetId;

pub(super) const CHECK: Check = Check {
    code: "Z08",
    title: "The same address twice",
    severity: Severity::Warning,
    why: "Two assets can't answer at one address: one of the entries is wrong, and firewall rules made from the inventory would open the wrong door.",
    detection: "Assets that list the same address, without regard to case or surrounding blanks; addresses shared by the same assets are one finding.",
    false_positives: "Cells that repeat one private address range each, redundant pairs with a shared address, and words such as DHCP written in place of an address.",
    advice: "Find out on site who has the address and mend the other entry, or delete the one that stands for the same device.",
    run,
    fixes: fixes::none,
};

fn run(plant: &Plant) -> Vec<Found> {
    let claims = plant.assets().iter().flat_map(|(id, asset)| {
        let addresses = asset.addresses.iter().map(|it| it.trim().to_lowercase());
        addresses.filter(|it| !it.is_empty()).map(move |address| (address, id))
    });
    let mut claims: Vec<(String, AssetId)> = claims.collect();
    claims.sort();
    claims.dedup();
    let mut shared: BTreeMap<BTreeSet<AssetId>, Vec<String>> = BTreeMap::new();
    for claims in claims.chunk_by(|one, other| one.0 == other.0) {
        if let [(address, _), _, ..] = claims {
            shared.entry(claims.iter().map(|(_, id)| *id).collect()).or_default().push(address.clone());
        }
    }
    let found = shared.into_iter().map(|(assets, addresses)| {
        let mut tags: Vec<_> = assets.iter().filter_map(|&id| Some(plant.assets().get(id)?.tag.as_str())).collect();
        tags.sort_unstable();
        let message = format!("{} share {}", some_of(&tags), all_of(&addresses));
        Found::about_all(assets, message)
    });
    found.collect()
}

#[cfg(test)]
mod tests {
    use super::super::{found, messages};
    use super::CHECK;
    use crate::analysis::fixture::Fixture;

    fn plant(claims: &[(&str, &[&str])]) -> Fixture {
        claims.iter().fold(Fixture::new().zone("Z-1", |_| ()), |plant, (tag, addresses)| {
            plant.asset(tag, "plc", "Z-1", |asset| asset.addresses = addresses.iter().map(|&it| it.into()).collect())
        })
    }

    #[test]
    fn an_address_belongs_to_one_asset() {
        let twice =
            plant(&[("PLC-1", &["10.0.0.1"]), ("PLC-2", &["10.0.0.2", " 10.0.0.1 "]), ("PLC-3", &["10.0.0.3"])]);
        assert_eq!(messages(&CHECK, &twice), ["PLC-1 and PLC-2 share 10.0.0.1"]);
        assert_eq!(found(&CHECK, &plant(&[("PLC-1", &["FE80::1"]), ("PLC-2", &["fe80::1"])])).len(), 1);
        assert_eq!(found(&CHECK, &plant(&[("PLC-1", &["a", "b"]), ("PLC-2", &["b", "a"])])).len(), 1);
        assert_eq!(found(&CHECK, &plant(&[("PLC-1", &["a", "b"]), ("PLC-2", &["b"]), ("PLC-3", &["a"])])).len(), 2);
    }

    #[test]
    fn an_asset_may_list_its_address_twice_and_blanks_are_no_address() {
        let harmless = plant(&[("PLC-1", &["10.0.0.1", "10.0.0.1", ""]), ("PLC-2", &["", " "])]);
        assert!(found(&CHECK, &harmless).is_empty());
    }
}
