//! What commands share, those of other packages too: which specs they mean, and how they talk.

pub mod output;
pub mod specs;
