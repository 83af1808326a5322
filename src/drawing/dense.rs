//! Lists for the number work of layout and routing.

use std::ops::{Index, IndexMut};

/// A list by number. Places beyond its end read as the default, and what is
/// written there is forgotten, so that no number can end the program.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::drawing) struct Dense<T> {
    items: Vec<T>,
    beyond: T,
}

impl<T: Default> Default for Dense<T> {
    fn default() -> Self {
        Self { items: Vec::new(), beyond: T::default() }
    }
}

impl<T: Default + Clone> Dense<T> {
    /// This many defaults.
    pub(in crate::drawing) fn filled(count: usize) -> Self {
        Self { items: vec![T::default(); count], beyond: T::default() }
    }
}

impl<T: Default> Dense<T> {
    /// Adds an item and answers its number.
    pub(in crate::drawing) fn push(&mut self, item: T) -> usize {
        self.items.push(item);
        self.items.len() - 1
    }

    pub(in crate::drawing) fn len(&self) -> usize {
        self.items.len()
    }

    pub(in crate::drawing) fn iter(&self) -> std::slice::Iter<'_, T> {
        self.items.iter()
    }

    pub(in crate::drawing) fn iter_mut(&mut self) -> std::slice::IterMut<'_, T> {
        self.items.iter_mut()
    }
}

impl<T: Default> FromIterator<T> for Dense<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        Self { items: items.into_iter().collect(), beyond: T::default() }
    }
}

impl<T> Index<usize> for Dense<T> {
    type Output = T;

    fn index(&self, at: usize) -> &T {
        self.items.get(at).unwrap_or(&self.beyond)
    }
}

impl<T: Default> IndexMut<usize> for Dense<T> {
    fn index_mut(&mut self, at: usize) -> &mut T {
        if at >= self.items.len() {
            self.beyond = T::default();
        }
        self.items.get_mut(at).unwrap_or(&mut self.beyond)
    }
}
