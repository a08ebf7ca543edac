//! The pool from outside, in paused time: what it promises, the traps it avoids, and what it does when all around it fails.

mod faults;
mod reconciler;
mod support;
mod traps;
