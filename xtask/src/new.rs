//! `cargo xtask new`

use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use actionspec_codegen::record::Specs;
use actionspec_codegen::record::scaffold::{self, Blank, SchemeKind};
use clap::Args;
use clap::builder::PossibleValuesParser;

use crate::output::{fail, project, shown};
use crate::record;

#[derive(Args)]
pub(crate) struct NewArgs {
    /// The integration's id: `acme`. If omitted on a terminal, the command prompts for it, as for all other values.
    integration: Option<String>,
    /// The action's id, verb first: `get_user`. If omitted, creates only the integration.
    action: Option<String>,
    /// The name of the system, as its vendor spells it.
    #[arg(long)]
    title: Option<String>,
    /// The base URL: `https://api.example.com/v1`.
    #[arg(long, value_name = "URL")]
    server: Option<String>,
    /// The authentication scheme.
    #[arg(long, value_name = "KIND", value_parser = PossibleValuesParser::new(SchemeKind::ALL.map(|(name, _)| name)))]
    authentication: Option<String>,
    /// A category of the catalogue [default: its first].
    #[arg(long, value_name = "ID")]
    category: Option<String>,
    /// The vendor's documentation of the API.
    #[arg(long, value_name = "URL")]
    documentation: Option<String>,
    /// Method and path: `GET /users/{id}`.
    #[arg(long, value_name = "LINE")]
    request: Option<String>,
    /// A file with a real response as JSON: it becomes the example of the output, and its types are inferred.
    #[arg(long, value_name = "FILE")]
    from_response: Option<PathBuf>,
    /// The specs folder [default: `specs` of this project].
    #[arg(long, value_name = "DIR")]
    specs: Option<PathBuf>,
    /// Replace existing specs.
    #[arg(long)]
    force: bool,
    /// Do not ask questions, even on a terminal.
    #[arg(long)]
    no_questions: bool,
    /// Print errors only.
    #[arg(long, short)]
    quiet: bool,
}

pub(crate) fn run(mut args: NewArgs) -> ExitCode {
    let folder = args.specs.clone().unwrap_or_else(|| project().join("specs"));
    let specs = Specs::read(&folder);
    let asks =
        !args.no_questions && std::io::stdin().is_terminal() && std::io::stderr().is_terminal();
    if asks {
        ask_all(&mut args, &specs);
    }
    let Some(integration) = args.integration else {
        return fail(&"name the integration: cargo xtask new INTEGRATION [ACTION]");
    };
    let response = match args.from_response.as_ref().map(|path| (path, std::fs::read(path))) {
        None => None,
        Some((path, Err(error))) => {
            return fail(&format!("`{}` cannot be read: {error}", shown(path)));
        }
        Some((path, Ok(bytes))) => match serde_json::from_slice(&bytes) {
            Ok(value) => Some(value),
            Err(error) => return fail(&format!("`{}` is not JSON: {error}", shown(path))),
        },
    };
    if response.is_some() && args.action.is_none() {
        return fail(
            &"`--from-response` requires an action: cargo xtask new INTEGRATION ACTION --from-response FILE",
        );
    }
    let scheme = args.authentication.as_ref().and_then(|name| {
        SchemeKind::ALL.into_iter().find(|(known, _)| known == name).map(|(_, scheme)| scheme)
    });
    let blank = Blank {
        integration,
        title: args.title,
        server: args.server,
        scheme,
        category: args.category,
        documentation: args.documentation,
        action: args.action,
        request: args.request,
        response,
    };
    match scaffold::start(&blank, &specs) {
        Ok(made) => record::write(made, &folder, args.force, args.quiet),
        Err(fault) => fail(&fault),
    }
}

/// Prompts for values without a flag; an empty answer selects the default.
fn ask_all(args: &mut NewArgs, specs: &Specs) {
    if args.integration.is_some() && args.action.is_some() {
        return;
    }
    ask(&mut args.integration, "Id of the integration (acme)");
    let is_new = args.integration.as_ref().is_some_and(|id| specs.find(id).is_none());
    if is_new {
        ask(&mut args.title, "Name of the system [from the id]");
        ask(&mut args.server, "Base URL (https://api.example.com)");
        let names = SchemeKind::ALL.map(|(name, _)| name).join(", ");
        ask(&mut args.authentication, &format!("Authentication: {names} [bearer]"));
        ask(&mut args.documentation, "Documentation of the API [the host]");
    }
    ask(&mut args.action, "Id of an action (get_user) [none]");
    if args.action.is_some() {
        ask(&mut args.request, "Request (GET /users/{id}) [guessed]");
        let mut response = args.from_response.as_ref().map(|path| path.display().to_string());
        ask(&mut response, "File with a real response [none]");
        args.from_response = response.map(PathBuf::from);
    }
}

fn ask(value: &mut Option<String>, question: &str) {
    if value.is_some() {
        return;
    }
    anstream::eprint!("{question}: ");
    drop(std::io::stderr().flush());
    let mut line = String::new();
    if std::io::stdin().read_line(&mut line).is_ok() {
        *value = Some(line.trim().to_owned()).filter(|text| !text.is_empty());
    }
}
