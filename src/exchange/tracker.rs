//! The prioritised remediation tracker.
