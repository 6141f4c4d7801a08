//! Where a place is, from above: views carry no path, so that reading what is right costs nothing.

use std::sync::PoisonError;

use serde_json::Value;

use super::{Document, Node};
use crate::view::View;

/// A step down.
pub(crate) enum Step<'a> {
    Item(usize),
    Field(&'a str),
}

/// A container, a place in it, and how many come before that. Whoever asks for the next one need not begin with the first.
#[derive(Clone, Copy, Default)]
pub(super) struct Cursor {
    container: u32,
    place: u32,
    before: usize,
}

/// What has fewer items is searched anew soon enough.
const MANY: usize = 16;

impl Document {
    /// The child of a container that a place is, or is within: how many come before it, and where it begins. Of an object it begins with
    /// its key.
    fn towards(&self, container: u32, is_object: bool, place: u32) -> (usize, u32) {
        let mut cursor = self.cursor.lock().unwrap_or_else(PoisonError::into_inner);
        let (mut before, mut child) = match *cursor {
            known
                if known.container == container
                    && known.place > container
                    && known.place <= place =>
            {
                (known.before, known.place)
            }
            _ => (0, container + 1),
        };
        loop {
            let next = self.after(child + u32::from(is_object));
            if next > place || next <= child {
                break;
            }
            (before, child) = (before + 1, next);
        }
        if before > MANY {
            *cursor = Cursor { container, place: child, before };
        }
        (before, child)
    }

    /// The steps from one place down to another within it.
    fn steps(&self, from: u32, to: u32) -> Vec<Step<'_>> {
        let mut steps = Vec::new();
        let mut at = from;
        while at < to {
            match self.nodes.get(at as usize) {
                Some(Node::Array(extent)) if extent.end > to => {
                    let (before, item) = self.towards(at, false, to);
                    steps.push(Step::Item(before));
                    at = item;
                }
                Some(Node::Object(extent)) if extent.end > to => {
                    let (_, key) = self.towards(at, true, to);
                    steps.push(Step::Field(self.key(key)));
                    at = key + 1;
                }
                _ => break,
            }
        }
        steps
    }
}

impl<'a> View<'a> {
    /// The steps to this place from where the paths in its errors begin.
    pub(crate) fn path(self) -> Vec<Step<'a>> {
        if self.root == Self::WHOLE {
            self.path_in_whole()
        } else {
            self.document.steps(self.root, self.node)
        }
    }

    fn path_in_whole(self) -> Vec<Step<'a>> {
        if std::ptr::eq(self.whole, self.document) {
            return self.document.steps(0, self.node);
        }
        let mut steps = self.whole.steps(0, self.document.origin);
        steps.extend(self.document.steps(0, self.node));
        steps
    }

    /// The JSON here, within the whole.
    pub(crate) fn in_whole(self) -> &'a Value {
        let found =
            self.path_in_whole().into_iter().try_fold(
                self.whole.json(),
                |value, step| match step {
                    Step::Item(index) => value.get(index),
                    Step::Field(key) => value.get(key),
                },
            );
        found.unwrap_or(&Value::Null)
    }
}
