//! One background job: it works on its own copy, reports progress, and can be cancelled.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender, TryRecvError};
use std::thread;
use std::time::Duration;

/// What a job shares with whoever waits for it.
#[derive(Clone, Debug, Default)]
pub struct Progress {
    /// Thousandths done.
    done: Arc<AtomicU32>,
    cancelled: Arc<AtomicBool>,
}

impl Progress {
    /// Tells the share done, 0 to 1; answers whether to go on.
    pub fn report(&self, share: f32) -> bool {
        self.done.store((share.clamp(0.0, 1.0) * 1000.0) as u32, Ordering::Relaxed);
        !self.cancelled.load(Ordering::Relaxed)
    }

    /// The share done, 0 to 1.
    pub fn share(&self) -> f32 {
        self.done.load(Ordering::Relaxed) as f32 / 1000.0
    }
}

/// A job under way. Dropping it cancels it.
#[derive(Debug)]
pub struct Task<T> {
    label: String,
    progress: Progress,
    receiver: Receiver<T>,
}

/// Where a job stands.
#[derive(Debug, PartialEq)]
pub enum Poll<T> {
    /// It goes on.
    Running,
    /// It has ended with this.
    Done(T),
    /// It broke down and left nothing.
    Lost,
}

/// Wakes whoever waits, at the end of a job and once nothing more comes of it.
struct Waker<T, W: Fn()> {
    sender: Option<Sender<T>>,
    wake: W,
}

impl<T, W: Fn()> Drop for Waker<T, W> {
    fn drop(&mut self) {
        self.sender = None;
        (self.wake)();
    }
}

impl<T: Send + 'static> Task<T> {
    /// Begins a job. `wake` is called whenever there is news; it must be quick.
    pub fn spawn(
        label: impl Into<String>,
        wake: impl Fn() + Send + 'static,
        job: impl FnOnce(&Progress) -> T + Send + 'static,
    ) -> Self {
        let (sender, receiver) = mpsc::channel();
        let progress = Progress::default();
        let shared = progress.clone();
        thread::spawn(move || {
            // whoever waits is woken by a job that breaks down too
            let waker = Waker { sender: Some(sender), wake };
            let result = job(&shared);
            // nobody may be waiting any more
            let _ = waker.sender.as_ref().map(|sender| sender.send(result));
        });
        Self { label: label.into(), progress, receiver }
    }

    /// What it does, such as "Writing report".
    pub fn label(&self) -> &str {
        &self.label
    }

    /// The share done, 0 to 1.
    pub fn share(&self) -> f32 {
        self.progress.share()
    }

    /// Asks it to stop; it ends as soon as it next reports progress.
    pub fn cancel(&self) {
        self.progress.cancelled.store(true, Ordering::Relaxed);
    }

    /// Where it stands now, without waiting.
    pub fn poll(&self) -> Poll<T> {
        match self.receiver.try_recv() {
            Ok(result) => Poll::Done(result),
            Err(TryRecvError::Empty) => Poll::Running,
            Err(TryRecvError::Disconnected) => Poll::Lost,
        }
    }

    /// Where it stands now or, if it ends sooner than that, when it ends.
    pub fn poll_for(&self, patience: Duration) -> Poll<T> {
        match self.receiver.recv_timeout(patience) {
            Ok(result) => Poll::Done(result),
            Err(RecvTimeoutError::Timeout) => Poll::Running,
            Err(RecvTimeoutError::Disconnected) => Poll::Lost,
        }
    }

    /// Waits for its end; `None` if it broke down.
    pub fn wait(self) -> Option<T> {
        self.receiver.recv().ok()
    }
}

impl<T> Drop for Task<T> {
    fn drop(&mut self) {
        self.progress.cancelled.store(true, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_job_gives_its_result_and_wakes_whoever_waits() {
        let (sender, woken) = mpsc::channel();
        let task = Task::spawn(
            "Counting",
            move || sender.send(()).unwrap(),
            |progress| {
                progress.report(0.5);
                21 * 2
            },
        );
        woken.recv().unwrap();
        assert_eq!(task.poll(), Poll::Done(42));
    }

    #[test]
    fn a_job_that_breaks_down_wakes_whoever_waits() {
        let (sender, woken) = mpsc::channel();
        let task: Task<u8> = Task::spawn("Breaking", move || sender.send(()).unwrap(), |_| panic!("on purpose"));
        woken.recv().unwrap();
        assert_eq!(task.poll(), Poll::Lost);
    }

    #[test]
    fn a_cancelled_job_stops_at_its_next_report() {
        let (go, wait) = mpsc::channel::<()>();
        let task = Task::spawn(
            "Working",
            || (),
            move |progress| {
                let _ = wait.recv();
                progress.report(0.1)
            },
        );
        assert_eq!(task.poll_for(Duration::from_millis(1)), Poll::Running);
        task.cancel();
        drop(go);
        assert_eq!(task.wait(), Some(false));
    }
}
