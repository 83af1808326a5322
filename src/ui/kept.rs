//! What takes long to find out, kept while nothing changes that it follows from.

use std::sync::{Arc, Weak};

use egui::{Id, Ui};

use super::context::Context;
use crate::analysis::Analysis;

/// A finding, with what it follows from.
#[derive(Clone, Debug)]
pub struct Kept<K, V>(Option<(K, V)>);

impl<K, V> Default for Kept<K, V> {
    fn default() -> Self {
        Self(None)
    }
}

impl<K: PartialEq, V> Kept<K, V> {
    /// What follows from this; found out only when that is another thing than the last time.
    pub fn get(&mut self, from: K, find_out: impl FnOnce() -> V) -> &V {
        if self.0.as_ref().is_some_and(|it| it.0 != from) {
            self.0 = None;
        }
        &self.0.get_or_insert_with(|| (from, find_out())).1
    }
}

/// What is kept while nothing else follows from the project: one of each type of what it is kept by and what is kept.
/// Letters come without anything following from them, so what stands in a field has the session's revision in `from`.
pub fn by_analysis<K, V>(ui: &Ui, ctx: &Context, from: K, find_out: impl FnOnce() -> V) -> Arc<V>
where
    K: PartialEq + Clone + Send + Sync + 'static,
    V: Send + Sync + 'static,
{
    type Known<K, V> = (Weak<Analysis>, K, Arc<V>);
    let id = Id::unique("kept by analysis");
    let analysis = Arc::downgrade(ctx.session.analysis());
    let known: Option<Known<K, V>> = ui.data(|data| data.get_temp(id));
    if let Some((.., known)) = known.filter(|it| it.0.ptr_eq(&analysis) && it.1 == from) {
        return known;
    }
    let found = Arc::new(find_out());
    ui.data_mut(|data| data.insert_temp::<Known<K, V>>(id, (analysis, from, Arc::clone(&found))));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_found_out_once_until_what_it_follows_from_changes() {
        let (mut kept, mut asked) = (Kept::default(), Vec::new());
        for revision in [1, 1, 1, 2, 2, 1] {
            let found = *kept.get(revision, || {
                asked.push(revision);
                revision * 10
            });
            assert_eq!(found, revision * 10);
        }
        assert_eq!(asked, [1, 2, 1]);
    }
}
