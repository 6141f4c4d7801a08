//! The declared types of an integration, while its schemas are resolved.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use indexmap::IndexMap;

use crate::catalog::{Schema, infer};
use crate::report::{Report, join};
use crate::spec;
use crate::yaml::Tree;

/// The declared types of an integration.
pub(super) type Declared<'a> = infer::Types<'a>;

/// What the resolving of schemas needs to know.
pub(super) struct Types<'a> {
    tree: &'a Tree,
    specs: &'a IndexMap<String, spec::Schema>,
    /// Names that were used.
    pub(super) used: RefCell<BTreeSet<String>>,
    /// Types that `allOf` has opened; `None` while that is being done.
    opened: RefCell<HashMap<String, Option<Rc<Schema>>>>,
    resolve: Resolve,
}

/// How a declaration becomes a schema. It is a parameter because resolving one requires others.
pub(super) type Resolve = fn(&spec::Schema, &str, &Types, &mut Report) -> Schema;

impl<'a> Types<'a> {
    /// The types that an integration's file declares.
    pub(super) fn new(
        tree: &'a Tree,
        specs: &'a IndexMap<String, spec::Schema>,
        resolve: Resolve,
    ) -> Self {
        Self { tree, specs, used: RefCell::default(), opened: RefCell::default(), resolve }
    }

    pub(super) fn mark_used(&self, name: &str) {
        self.used.borrow_mut().insert(name.to_owned());
    }

    pub(super) fn is_known(&self, name: &str) -> bool {
        self.specs.contains_key(name)
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &'a str> {
        self.specs.keys().map(String::as_str)
    }

    /// The type of a name; `None` while it is being resolved. Unknown names, which are reported elsewhere, are of any type.
    pub(super) fn definition(&self, name: &str) -> Option<Rc<Schema>> {
        let Some(spec) = self.specs.get(name) else { return Some(Rc::default()) };
        if let Some(known) = self.opened.borrow().get(name) {
            return known.clone();
        }
        self.opened.borrow_mut().insert(name.to_owned(), None);
        // Its faults are reported where it is declared.
        let schema =
            Rc::new((self.resolve)(spec, &join("/types", name), self, &mut Report::new(self.tree)));
        self.opened.borrow_mut().insert(name.to_owned(), Some(Rc::clone(&schema)));
        Some(schema)
    }
}
