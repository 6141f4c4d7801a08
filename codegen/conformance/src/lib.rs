//! The conformance suite: `specs/` uses every feature of the spec language, `generated/` is what comes of it, `tests/` holds both against
//! emitters, runtime and mock server.
//!
//! `generated/` is made by `cargo xtask gen --specs codegen/conformance/specs --out codegen/conformance/generated --only rust --only docs
//! --only catalog`; the test `golden` fails when it is out of date.
