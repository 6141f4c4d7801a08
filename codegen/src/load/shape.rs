//! The form of each kind of spec file, compiled once from the model's JSON Schema.

/// The form of a value.
pub(super) enum Shape {
    /// Any value.
    Any,
}
pub(super) static CATALOG: Shape = Shape::Any;
pub(super) static INTEGRATION: Shape = Shape::Any;
pub(super) static ACTION: Shape = Shape::Any;
pub(super) static TRIGGER: Shape = Shape::Any;
