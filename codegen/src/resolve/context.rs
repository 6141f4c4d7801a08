//! What the files of one integration share while they are resolved.

use std::cell::RefCell;
use std::collections::BTreeSet;

use super::known::{Declared, Types};
use crate::load::IntegrationSources;
use crate::report::join;
use crate::spec::IntegrationSpec;

/// What the files of one integration share while they are resolved.
pub(super) struct Context<'a> {
    pub(super) spec: &'a IntegrationSpec,
    pub(super) sources: &'a IntegrationSources,
    pub(super) declared: &'a Declared<'a>,
    pub(super) types: &'a Types<'a>,
    /// The Rust type of the client handle.
    pub(super) type_name: String,
    used: RefCell<BTreeSet<String>>,
}

impl<'a> Context<'a> {
    pub(super) fn new(
        spec: &'a IntegrationSpec,
        sources: &'a IntegrationSources,
        declared: &'a Declared<'a>,
        types: &'a Types<'a>,
        type_name: String,
    ) -> Self {
        Self { spec, sources, declared, types, type_name, used: RefCell::default() }
    }

    pub(super) fn use_group(&self, name: &str) {
        self.used.borrow_mut().insert(join("/groups", name));
    }

    pub(super) fn use_pagination(&self, name: &str) {
        self.used.borrow_mut().insert(join("/pagination", name));
    }

    pub(super) fn use_example(&self, name: &str) {
        self.used.borrow_mut().insert(join("examples", name));
    }

    pub(super) fn is_used(&self, what: &str) -> bool {
        self.used.borrow().contains(what)
    }
}
