//! A value that is worked out aside, so that the window never waits for it: until it is there,
//! the one before is shown.

use std::rc::Rc;

use egui::Context;

use crate::task::{Poll, Task};

/// A value worked out from something that changes now and then.
pub struct Aside<T> {
    label: &'static str,
    value: Option<Rc<T>>,
    is_stale: bool,
    task: Option<Task<T>>,
}

impl<T: Send + 'static> Aside<T> {
    /// Nothing is known yet. The label says what is done meanwhile, such as "Counting".
    pub fn new(label: &'static str) -> Self {
        Self { label, value: None, is_stale: true, task: None }
    }

    /// The value is known already.
    pub fn known(label: &'static str, value: T) -> Self {
        Self { label, value: Some(Rc::new(value)), is_stale: false, task: None }
    }

    /// What it follows from has changed.
    pub fn anew(&mut self) {
        self.is_stale = true;
    }

    /// The value as last worked out.
    pub fn last(&self) -> Option<Rc<T>> {
        self.value.clone()
    }

    /// Whether the value is still to be worked out.
    pub fn is_under_way(&self) -> bool {
        self.is_stale || self.task.is_some()
    }

    /// The value as last worked out. Where it is stale and nothing is under way, `begin` gives
    /// the work for the next.
    pub fn value<W>(&mut self, ctx: &Context, begin: impl FnOnce() -> W) -> Option<Rc<T>>
    where
        W: FnOnce() -> T + Send + 'static,
    {
        match self.task.as_ref().map(Task::poll) {
            None | Some(Poll::Running) => (),
            Some(Poll::Done(value)) => (self.value, self.task) = (Some(Rc::new(value)), None),
            Some(Poll::Lost) => self.task = None,
        }
        if self.is_stale && self.task.is_none() {
            self.is_stale = false;
            let (work, wake) = (begin(), ctx.clone());
            self.task = Some(Task::spawn(self.label, move || wake.request_repaint(), move |_| work()));
        }
        self.value.clone()
    }
}
