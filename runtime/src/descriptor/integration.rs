//! An integration with its actions, which are read from their texts when they are first used.
//!
//! Compiled as Rust, the tables of parameters, types and requests were a third of what checking a generated crate cost, and a program
//! that makes one call had all of them. As text they cost the compiler nothing, and a program only what it uses.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::ops::Deref;
use std::sync::OnceLock;

use actionspec_model as model;
use actionspec_model::schema::Types;
use serde_json::value::RawValue;

use super::{Action, Pagination, Schema, Trigger};
use crate::descriptor::paging::Cursor;

pub use model::Damage;

/// One system: its facts, and its actions. It dereferences to the [facts](model::Integration).
pub struct Integration {
    facts: model::Integration,
    actions: Vec<Source>,
    types: OnceLock<BTreeMap<String, Schema>>,
}

/// The text of an action, and what was read from it.
struct Source {
    id: Cow<'static, str>,
    text: Cow<'static, str>,
    read: OnceLock<Action>,
}

impl Integration {
    /// An integration without actions.
    #[must_use]
    pub fn new(facts: model::Integration) -> Self {
        Self { facts, actions: Vec::new(), types: OnceLock::new() }
    }

    /// An integration from `integration.json` of a generated crate, with the id and the text of each action, which is `<action>.json`. Errors if
    /// the first text is not as the generator writes it; the actions are read when they are used: see [`check`](Self::check).
    pub fn from_json<I, T>(
        text: &str,
        actions: impl IntoIterator<Item = (I, T)>,
    ) -> Result<Self, Damage>
    where
        I: Into<Cow<'static, str>>,
        T: Into<Cow<'static, str>>,
    {
        let mut integration = Self::new(model::from_json(text)?);
        let sources = actions.into_iter().map(|(id, text)| Source {
            id: id.into(),
            text: text.into(),
            read: OnceLock::new(),
        });
        integration.actions = sources.collect();
        integration.actions.sort_by(|a, b| a.id.cmp(&b.id));
        Ok(integration)
    }

    /// The integration of a generated crate, which includes these texts as they were written.
    #[doc(hidden)]
    #[must_use]
    pub fn generated(text: &'static str, actions: &[(&'static str, &'static str)]) -> Self {
        match Self::from_json(text, actions.iter().copied()) {
            Ok(integration) => integration,
            Err(damage) => unreachable!("`integration.json` is not as it was generated: {damage}"),
        }
    }

    /// The ids of the actions, in order. No action is read for it.
    pub fn action_ids(&self) -> impl Iterator<Item = &str> {
        self.actions.iter().map(|source| &*source.id)
    }

    /// The actions, by id.
    pub fn actions(&'static self) -> impl Iterator<Item = &'static Action> {
        self.actions.iter().map(|source| self.read(source))
    }

    /// An action by its id. Panics if its text is not what the generator writes; [`check`](Self::check) reports that as an error.
    #[must_use]
    pub fn action(&'static self, id: &str) -> Option<&'static Action> {
        let index = self.actions.binary_search_by(|source| (*source.id).cmp(id)).ok()?;
        Some(self.read(&self.actions[index]))
    }

    /// The action of a generated crate that has this id.
    #[doc(hidden)]
    #[must_use]
    pub fn declared(&'static self, id: &str) -> &'static Action {
        match self.action(id) {
            Some(action) => action,
            None => unreachable!("`{}` has no action `{id}`", self.facts.id),
        }
    }

    /// The trigger of a generated crate that has this id.
    #[doc(hidden)]
    #[must_use]
    pub fn declared_trigger(&self, id: &str) -> &Trigger {
        match self.facts.trigger(id) {
            Some(trigger) => trigger,
            None => unreachable!("`{}` has no trigger `{id}`", self.facts.id),
        }
    }

    /// Reads every action and every named type. Errors if one of them is not as the generator writes it.
    pub fn check(&'static self) -> Result<(), String> {
        self.facts.named_types().map_err(|damage| format!("{}: {damage}", self.facts.id))?;
        for source in &self.actions {
            self.try_read(source)
                .map_err(|damage| format!("{}.{}: {damage}", self.facts.id, source.id))?;
        }
        Ok(())
    }

    fn read(&'static self, source: &'static Source) -> &'static Action {
        source.read.get_or_init(|| match self.try_read(source) {
            Ok(action) => action,
            Err(damage) => unreachable!(
                "the text of `{}.{}` is not as it was generated: {damage}",
                self.facts.id, source.id
            ),
        })
    }

    fn try_read(&'static self, source: &'static Source) -> Result<Action, String> {
        let file: model::ActionFile<&'static RawValue, &'static RawValue> =
            serde_json::from_str(&source.text).map_err(|error| error.to_string())?;
        let facts: model::Action =
            model::from_json(file.action.get()).map_err(|damage| damage.to_string())?;
        if facts.id != source.id {
            return Err(format!("id: it is `{}`", facts.id));
        }
        if let Some(Pagination::Cursor(Cursor { action: Some(id), .. })) = &facts.paging
            && !self.action_ids().any(|known| known == id)
        {
            return Err(format!("paging.action: there is no action `{id}`"));
        }
        Ok(Action::new(self, facts).with_example(file.example))
    }

    /// The named types, by name.
    pub(crate) fn types(&self) -> &BTreeMap<String, Schema> {
        self.types.get_or_init(|| match self.facts.named_types() {
            Ok(types) => types,
            Err(damage) => unreachable!(
                "the types of `{}` are not as they were generated: {damage}",
                self.facts.id
            ),
        })
    }
}

impl Types for Integration {
    fn named(&self, name: &str) -> Option<&Schema> {
        self.types().get(name)
    }
}

impl Deref for Integration {
    type Target = model::Integration;

    fn deref(&self) -> &model::Integration {
        &self.facts
    }
}

impl fmt::Debug for Integration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Integration").field("id", &self.facts.id).finish_non_exhaustive()
    }
}
