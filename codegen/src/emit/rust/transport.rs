//! Requests that are not HTTP, as descriptors.

use proc_macro2::TokenStream;
use quote::quote;

use super::literal;
use crate::catalog::Wire;
use crate::spec::{SqlSpec, TcpSpec};

/// Referrals that are followed, unless an action says otherwise.
const REFERRALS: u32 = 2;

/// What stands for the body of a request that is not HTTP.
pub(super) fn body(wire: &Wire) -> Option<TokenStream> {
    match wire {
        Wire::Http => None,
        Wire::Tcp(tcp) => Some(line(tcp)),
        Wire::Sql(sql) => Some(statement(sql)),
    }
}

/// The feature of the runtime that sends such requests.
pub(super) fn feature(wire: &Wire) -> Option<&'static str> {
    match wire {
        Wire::Http => None,
        Wire::Tcp(_) => Some("actionspec-runtime/tcp"),
        Wire::Sql(_) => Some("actionspec-runtime/tds"),
    }
}

fn line(tcp: &TcpSpec) -> TokenStream {
    let send = &tcp.send;
    let host_names = literal::texts(&tcp.host_names);
    let referral = literal::option(tcp.referral.as_ref(), |referral| {
        let fields = literal::texts(&referral.fields);
        let most = literal::unsigned(referral.most.unwrap_or(REFERRALS).into());
        let send = literal::pairs(&referral.send);
        quote!(descriptor::Referral { fields: #fields, most: #most, send: #send })
    });
    quote!(descriptor::Body::Line(&descriptor::Line { send: #send, host_names: #host_names, referral: #referral }))
}

fn statement(sql: &SqlSpec) -> TokenStream {
    let run = match sql {
        SqlSpec { statement: Some(text), .. } => quote!(Statement(#text)),
        SqlSpec { statement_from: Some(key), .. } => quote!(StatementFrom(#key)),
        SqlSpec { procedure: Some(name), .. } => quote!(Procedure(#name)),
        sql => {
            let key = sql.procedure_from.as_deref().unwrap_or_default();
            quote!(ProcedureFrom(#key))
        }
    };
    let arguments = literal::text_option(sql.arguments_from.as_deref());
    quote!(descriptor::Body::Sql(&descriptor::Sql { run: descriptor::Run::#run, arguments: #arguments }))
}
