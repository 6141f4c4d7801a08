//! What the actions of an integration have in common, and its files.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::action::{self, Made, OPERATIONS, Paging, Setting};
use crate::parameter::object;
use crate::random::Random;
use crate::shape::{self, Style};
use crate::{CATEGORIES, File, Object, words, yaml};

/// The files of an integration with so many actions.
pub(crate) fn files(index: usize, actions: usize, mut random: Random) -> Vec<File> {
    let random = &mut random;
    let id = words::system(index);
    let mut setting = Setting {
        style: Style { camel: random.percent(55), uuids: random.percent(40) },
        shapes: Vec::new(),
        paging: *random.choose(&[Paging::Cursor, Paging::Page, Paging::Offset]),
        oauth: random.percent(40).then_some("oauth2"),
    };
    // Small types that everything has in common; each thing then adds its own.
    for number in 0..actions / 12 + 3 {
        shape::add(
            &mut setting.shapes,
            &format!("{}_info", words::thing(number * 3 + 1)),
            setting.style,
            random,
        );
    }
    let made = make_all(actions, &mut setting, random);
    let mut files = vec![integration(&id, &setting, &made, random)];
    for action in &made {
        files.push(File {
            path: format!("{id}/actions/{}.yaml", action.id),
            text: yaml(&Value::Object(action.spec.clone())),
        });
        if let Some(example) = &action.example {
            let text = serde_json::to_string_pretty(example).unwrap_or_default() + "\n";
            files.push(File { path: format!("{id}/examples/{}.json", action.id), text });
        }
    }
    files
}

fn make_all(actions: usize, setting: &mut Setting, random: &mut Random) -> Vec<Made> {
    let mut made = Vec::with_capacity(actions);
    let first = random.between(0, 60);
    for number in first.. {
        let thing = words::thing(number);
        let shape = shape::add(&mut setting.shapes, &thing, setting.style, random);
        let most = random.between(5, OPERATIONS.len());
        for operation in &OPERATIONS[..most] {
            if made.len() == actions {
                return made;
            }
            made.push(action::make(operation, &thing, shape, setting, random));
        }
    }
    made
}

fn integration(id: &str, setting: &Setting, made: &[Made], random: &mut Random) -> File {
    let title = words::title(id);
    let mut spec = object(json!({
        "spec": 1,
        "title": title,
        "vendor": format!("{title} Ltd"),
        "description": format!("{title} is made up, and so is what it does. {}", words::text(random, 3)),
        "category": random.choose(&CATEGORIES).0,
        "documentation": "https://docs.example.com/",
        "links": [{"title": "Rate limits", "url": "https://docs.example.com/limits"}],
        "notes": [words::sentence(random)],
        "apiVersion": "v3",
        "servers": {"site": {
            "url": "https://{tenant}.example.com/api/v3",
            "variables": {"tenant": {"description": "The first part of the address.", "example": "acme"}},
        }},
        "authentication": authentication(setting, made, random),
        "headers": {"Accept": "application/json"},
        "errors": {"message": ["/error/message"], "code": ["/error/code"], "requestIdHeader": "X-Request-Id", "cases": cases(random)},
        "rateLimit": {"requests": 600, "perSeconds": 60, "remainingHeader": "X-RateLimit-Remaining"},
        "retry": {"statuses": [429, 502, 503, 504], "maxTries": 4},
    }));
    if made.iter().any(|action| action.spec.contains_key("pagination")) {
        spec.insert("pagination".to_owned(), json!({setting.paging.name(): setting.paging.spec()}));
    }
    let groups: BTreeSet<&str> =
        made.iter().filter_map(|action| action.spec["group"].as_str()).collect();
    let groups: Object =
        groups.into_iter().map(|group| (group.to_owned(), words::title(group).into())).collect();
    spec.insert("groups".to_owned(), Value::Object(groups));
    File { path: format!("{id}/integration.yaml"), text: yaml(&Value::Object(spec)) }
}

fn authentication(setting: &Setting, made: &[Made], random: &mut Random) -> Value {
    let mut schemes = match random.between(0, 2) {
        0 => {
            json!({"basic": {"kind": "basic", "title": "Email and token", "setup": ["Sign in.", "Create a token."],
            "username": {"title": "Email", "example": "ada@example.com"}, "password": {"title": "Token"}}})
        }
        1 => {
            json!({"token": {"kind": "bearer", "title": "Access token", "setup": ["Open **Settings**.", "Create a token."],
            "token": {"title": "Access token"}}})
        }
        _ => {
            json!({"api_key": {"kind": "apiKey", "title": "API key", "setup": ["Ask an administrator for a key."],
            "keys": {"X-Api-Key": {"in": "header", "title": "API key"}}}})
        }
    };
    if let Some(scheme) = setting.oauth {
        let scopes: BTreeSet<&str> = made.iter().map(|action| action.scope.as_str()).collect();
        let scopes: Object = scopes
            .into_iter()
            .map(|scope| (scope.to_owned(), words::sentence(random).into()))
            .collect();
        schemes[scheme] = json!({"kind": "oauth2", "title": "OAuth 2.0", "setup": ["Register an application."], "flow": "clientCredentials",
            "tokenUrl": "https://login.example.com/oauth/token", "scopes": scopes});
    }
    schemes
}

fn cases(random: &mut Random) -> Object {
    let statuses = ["400", "401", "403", "404", "409", "413", "429", "500", "503"];
    let most = random.between(4, statuses.len());
    let case = |status: &&str, random: &mut Random| {
        let case = json!({"description": words::sentence(random), "remedy": words::sentence(random), "retryable": matches!(*status, "429" | "503")});
        ((*status).to_owned(), case)
    };
    statuses[..most].iter().map(|status| case(status, random)).collect()
}
