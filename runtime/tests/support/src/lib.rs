//! Fixtures that the integration tests of `actionspec-runtime` share. Each file has one topic; helpers that only one test needs stay
//! beside that test.
//!
//! - [`fixture`]: a made-up integration, its actions, clients and calls;
//! - [`clock`]: virtual time;
//! - [`recorder`]: a subscriber that keeps everything that is traced.

pub mod clock;
pub mod fixture;
pub mod recorder;
