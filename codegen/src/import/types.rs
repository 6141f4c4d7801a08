//! The named types of an integration: made when something first refers to them.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, HashMap, HashSet};

use super::document::{Document, Node};
use super::rules::Rule;
use super::schema::Place;
use crate::catalog::names;
use crate::spec::Schema;

/// The most schemas that one import makes: several times what the largest documents need, and half a gigabyte.
const MOST_SCHEMAS: usize = 400_000;
/// The most schemas of one action or type.
const MOST_OF_ONE: usize = 6_000;

/// Names that generated modules have for themselves.
const RESERVED: &[&str] = &[
    "Binary",
    "Box",
    "Call",
    "Client",
    "ClientBuilder",
    "DateTime",
    "Empty",
    "Error",
    "Field",
    "File",
    "From",
    "FromView",
    "Integration",
    "Into",
    "IntoIterator",
    "List",
    "Map",
    "Mismatch",
    "Option",
    "Response",
    "Result",
    "Self",
    "Sending",
    "String",
    "Text",
    "Typed",
    "Unnamed",
    "Value",
    "Vec",
    "View",
];

/// The types of one import.
pub(super) struct Types<'a> {
    pub(super) document: &'a Document,
    taken: RefCell<HashSet<String>>,
    by_place: RefCell<HashMap<String, String>>,
    pending: RefCell<Vec<(String, Node<'a>)>>,
    pub(super) made: RefCell<BTreeMap<String, Schema>>,
    /// Whether schemas are worth a name, and whether they have properties: asked again and again.
    pub(super) deserving: RefCell<HashMap<String, bool>>,
    pub(super) structured: RefCell<HashMap<String, bool>>,
    left: Cell<usize>,
    left_of_one: Cell<usize>,
}

impl<'a> Types<'a> {
    /// No types yet; none may be called as one of these.
    pub(super) fn new(document: &'a Document, taken: impl IntoIterator<Item = String>) -> Self {
        let mut names: HashSet<String> = RESERVED.iter().map(|name| (*name).to_owned()).collect();
        names.extend(taken);
        Self {
            document,
            taken: RefCell::new(names),
            by_place: RefCell::default(),
            pending: RefCell::default(),
            made: RefCell::default(),
            deserving: RefCell::default(),
            structured: RefCell::default(),
            left: Cell::new(MOST_SCHEMAS),
            left_of_one: Cell::new(MOST_OF_ONE),
        }
    }

    /// Begins an action or a type, which has a budget of its own.
    pub(super) fn begin(&self) {
        self.left_of_one.set(MOST_OF_ONE);
    }

    /// Takes from the budgets; `false` when one is spent.
    pub(super) fn spend(&self, schemas: usize) -> bool {
        let (left, of_one) = (self.left.get(), self.left_of_one.get());
        self.left.set(left.saturating_sub(schemas));
        self.left_of_one.set(of_one.saturating_sub(schemas));
        left >= schemas && of_one >= schemas
    }

    /// The name of the type at a place of the document.
    pub(super) fn name(&self, target: &Node<'a>) -> String {
        if let Some(name) = self.by_place.borrow().get(&target.at) {
            return name.clone();
        }
        let wanted = wanted_name(target);
        let name = self.claim(&wanted, &target.at);
        self.by_place.borrow_mut().insert(target.at.clone(), name.clone());
        self.pending.borrow_mut().push((name.clone(), target.clone()));
        name
    }

    /// The name of the type at a place, if it has one already.
    pub(super) fn known_name(&self, target: &Node<'a>) -> Option<String> {
        self.by_place.borrow().get(&target.at).cloned()
    }

    /// A free name, as near to the wanted one as may be.
    pub(super) fn claim(&self, wanted: &str, at: &str) -> String {
        let base = type_name(wanted);
        let mut taken = self.taken.borrow_mut();
        let mut name = base.clone();
        let mut number = 2;
        while taken.contains(&name) {
            name = type_name(&format!("{base}{number}"));
            number += 1;
        }
        if name != base {
            self.document.note(Rule::CollidingTypes, at, format!("`{wanted}` is `{name}`"));
        }
        taken.insert(name.clone());
        name
    }

    /// Makes the types that were referred to, and those that they refer to.
    pub(super) fn settle(&self) {
        loop {
            let Some((name, node)) = self.pending.borrow_mut().pop() else { return };
            self.begin();
            let place = Place { trail: vec![node.at.clone()], ..Place::default() };
            let schema = self.schema(&[node], &place);
            self.made.borrow_mut().insert(name, schema);
        }
    }

    /// Adds a type that has no place of its own in the document.
    pub(super) fn add(&self, wanted: &str, at: &str, schema: Schema) -> String {
        let name = self.claim(wanted, at);
        self.made.borrow_mut().insert(name.clone(), schema);
        name
    }
}

/// A name of the form that types have; the same for each name that it makes.
pub(super) fn type_name(wanted: &str) -> String {
    let short: String = wanted.chars().take(120).collect();
    let mut name = names::type_ident(&short);
    for _ in 0..4 {
        let again = names::type_ident(&name);
        if again == name {
            break;
        }
        name = again;
    }
    name.retain(|c| c.is_ascii_alphanumeric());
    if name.starts_with(|c: char| c.is_ascii_uppercase()) { name } else { format!("T{name}") }
}

/// What a schema is called in its document.
fn wanted_name(target: &Node) -> String {
    let segments: Vec<&str> = target.at.split('/').skip(1).collect();
    let is_generic = |segment: &str| {
        matches!(
            segment,
            "schema"
                | "items"
                | "additionalProperties"
                | "properties"
                | "allOf"
                | "oneOf"
                | "anyOf"
                | "content"
                | "requestBody"
                | "responses"
        ) || segment.contains("~1")
            || segment.chars().all(|c| c.is_ascii_digit())
    };
    let last = segments.last().copied().unwrap_or_default();
    let named = if is_generic(last) {
        let title = target.text("title").filter(|title| title.len() <= 60);
        title
            .or_else(|| segments.iter().rev().copied().find(|segment| !is_generic(segment)))
            .unwrap_or("Item")
    } else {
        last
    };
    let named = crate::pointer::unescape(named);
    // `io.k8s.api.core.v1.Pod` is a pod to whoever reads it.
    let short = named.rsplit('.').next().filter(|word| {
        named.matches('.').count() >= 2 && word.len() > 2 && word.starts_with(char::is_alphabetic)
    });
    short.map_or_else(|| named.clone(), str::to_owned)
}
