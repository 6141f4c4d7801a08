//! Objects and unions within declared types become named types, so that each has a view.

use std::collections::HashSet;

use crate::catalog::infer;
use actionspec_model::keyword::Class;

use crate::catalog::names;
use crate::catalog::{Schema, Type, TypeDef};

/// Named types with nothing but named objects and unions within them. `taken` are names that no type may have.
pub(super) fn hoist(types: Vec<TypeDef>, taken: impl IntoIterator<Item = String>) -> Vec<TypeDef> {
    let mut hoist = Hoist {
        taken: taken.into_iter().chain(types.iter().map(|def| def.name.clone())).collect(),
        found: Vec::new(),
    };
    let mut all: Vec<TypeDef> = types
        .into_iter()
        .map(|mut def| {
            hoist.within(&mut def.schema, &def.name);
            def
        })
        .collect();
    all.append(&mut hoist.found);
    all
}

struct Hoist {
    taken: HashSet<String>,
    found: Vec<TypeDef>,
}

impl Hoist {
    /// Looks into a type that has a name.
    fn within(&mut self, schema: &mut Schema, name: &str) {
        match &mut schema.ty {
            Type::Array(items) | Type::Map(items) => self.visit(items, &format!("{name}Item")),
            Type::Object(object) => {
                for property in &mut object.properties {
                    self.visit(
                        &mut property.schema,
                        &format!("{name}{}", infer::pascal(&property.name)),
                    );
                }
                if let Some(additional) = &mut object.additional {
                    self.visit(additional, &format!("{name}Value"));
                }
            }
            Type::Union(union) => {
                for alternative in &mut union.alternatives {
                    self.visit(
                        &mut alternative.schema,
                        &format!("{name}{}", names::type_ident(&alternative.title)),
                    );
                }
            }
            _ => {}
        }
    }

    /// Gives a type without a name one, if it needs it.
    fn visit(&mut self, schema: &mut Schema, wanted: &str) {
        match &mut schema.ty {
            Type::Array(items) | Type::Map(items) => self.visit(items, &infer::singular(wanted)),
            Type::Object(_) | Type::Union(_) => {
                let name = self.name(wanted);
                let mut own = Schema { ty: std::mem::take(&mut schema.ty), ..Schema::default() };
                // What the object as such must satisfy goes with it.
                own.constraints = schema.constraints.take(Class::Objects);
                own.values = std::mem::take(&mut schema.values);
                own.open_enum = std::mem::take(&mut schema.open_enum);
                own.format = schema.format.take();
                schema.ty = Type::Named(name.clone());
                self.within(&mut own, &name);
                self.found.push(TypeDef {
                    name,
                    description: schema.description.clone(),
                    schema: own,
                });
            }
            _ => {}
        }
    }

    fn name(&mut self, wanted: &str) -> String {
        let mut name = wanted.to_owned();
        let mut number = 1;
        while !self.taken.insert(name.clone()) {
            number += 1;
            name = format!("{wanted}{number}");
        }
        name
    }
}
