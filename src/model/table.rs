//! A collection of a project: ordered by id, cheap to copy, shared until changed.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Items by id. Copies share everything; a change copies the map of pointers
/// and the one item changed, so that undo can keep whole projects.
#[derive(Debug)]
pub struct Table<K, V>(Arc<BTreeMap<K, Arc<V>>>);

impl<K: Ord + Copy, V: Clone> Table<K, V> {
    /// The item with this id.
    pub fn get(&self, id: K) -> Option<&V> {
        self.0.get(&id).map(|item| &**item)
    }

    /// The item with this id as a shared pointer, to keep or to compare by identity.
    pub fn shared(&self, id: K) -> Option<&Arc<V>> {
        self.0.get(&id)
    }

    /// Whether there is an item with this id.
    pub fn contains(&self, id: K) -> bool {
        self.0.contains_key(&id)
    }

    /// Puts an item in, in place of an earlier one with the same id.
    pub fn insert(&mut self, id: K, item: V) {
        Arc::make_mut(&mut self.0).insert(id, Arc::new(item));
    }

    /// Takes an item out; `None` where there is none.
    pub fn remove(&mut self, id: K) -> Option<Arc<V>> {
        if self.contains(id) { Arc::make_mut(&mut self.0).remove(&id) } else { None }
    }

    /// The item to change in place; `None`, and nothing copied, where there is none.
    pub fn get_mut(&mut self, id: K) -> Option<&mut V> {
        if self.contains(id) { Arc::make_mut(&mut self.0).get_mut(&id).map(Arc::make_mut) } else { None }
    }

    /// Changes every item for which `concerns` holds, and copies nothing else.
    pub fn change_where(&mut self, concerns: impl Fn(&V) -> bool, change: impl Fn(&mut V)) {
        if self.0.values().any(|item| concerns(item)) {
            for item in Arc::make_mut(&mut self.0).values_mut().filter(|item| concerns(item)) {
                change(Arc::make_mut(item));
            }
        }
    }

    /// Keeps only the items for which `keep` holds, and copies nothing if that is all.
    pub fn retain(&mut self, keep: impl Fn(K, &V) -> bool) {
        if !self.0.iter().all(|(&id, item)| keep(id, item)) {
            Arc::make_mut(&mut self.0).retain(|&id, item| keep(id, item));
        }
    }

    /// All items, in the order of their ids.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (K, &V)> + ExactSizeIterator {
        self.0.iter().map(|(&id, item)| (id, &**item))
    }

    /// All items as shared pointers, in the order of their ids.
    pub fn iter_shared(&self) -> impl ExactSizeIterator<Item = (K, &Arc<V>)> {
        self.0.iter().map(|(&id, item)| (id, item))
    }

    /// All ids, ordered.
    pub fn ids(&self) -> impl DoubleEndedIterator<Item = K> + ExactSizeIterator {
        self.0.keys().copied()
    }

    /// All items without their ids.
    pub fn values(&self) -> impl DoubleEndedIterator<Item = &V> + ExactSizeIterator {
        self.0.values().map(|item| &**item)
    }

    /// How many items there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether both are one and the same copy: quick, and never true of different contents.
    pub fn same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl<K, V> Clone for Table<K, V> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<K, V> Default for Table<K, V> {
    fn default() -> Self {
        Self(Arc::new(BTreeMap::new()))
    }
}

impl<K: Ord, V: PartialEq> PartialEq for Table<K, V> {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.0 == other.0
    }
}

impl<K: Ord, V> FromIterator<(K, V)> for Table<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(items: I) -> Self {
        Self(Arc::new(items.into_iter().map(|(id, item)| (id, Arc::new(item))).collect()))
    }
}

impl<K: Serialize, V: Serialize> Serialize for Table<K, V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter())
    }
}

/// Refuses an id that stands twice: one of the two items would be lost in silence.
impl<'de, K, V> Deserialize<'de> for Table<K, V>
where
    K: Deserialize<'de> + Ord + Copy + fmt::Display,
    V: Deserialize<'de>,
{
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Items<K, V>(PhantomData<(K, V)>);
        impl<'de, K, V> Visitor<'de> for Items<K, V>
        where
            K: Deserialize<'de> + Ord + Copy + fmt::Display,
            V: Deserialize<'de>,
        {
            type Value = Table<K, V>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("items by id")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut items = BTreeMap::new();
                while let Some((id, item)) = map.next_entry::<K, V>()? {
                    if items.insert(id, Arc::new(item)).is_some() {
                        return Err(A::Error::custom(format!("the id {id} stands twice")));
                    }
                }
                Ok(Table(Arc::new(items)))
            }
        }
        deserializer.deserialize_map(Items(PhantomData))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_copies_only_what_changed() {
        let before: Table<u8, String> = [(1, "one".into()), (2, "two".into())].into_iter().collect();
        let mut after = before.clone();
        assert!(after.same(&before));
        after.insert(2, "zwei".into());
        assert!(!after.same(&before));
        assert_eq!(before.get(2).map(String::as_str), Some("two"));
        let (Some(old), Some(new)) = (before.shared(1), after.shared(1)) else { panic!("both hold item 1") };
        assert!(Arc::ptr_eq(old, new));
    }

    #[test]
    fn nothing_is_copied_where_nothing_changes() {
        let before: Table<u8, String> = [(1, "one".into())].into_iter().collect();
        let mut after = before.clone();
        after.remove(7);
        after.retain(|_, _| true);
        after.change_where(|_| false, String::clear);
        assert!(after.get_mut(7).is_none());
        assert!(after.same(&before));
    }
}
