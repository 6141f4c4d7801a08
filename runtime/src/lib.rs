//! The client core that generated ActionSpec crates lean on.

pub mod descriptor;
