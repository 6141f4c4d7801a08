//! `actionspec-mock`: serves the actions of a specs folder on loopback.

use std::path::PathBuf;
use std::process::ExitCode;

use actionspec_codegen::diagnostics::{Format, render};
use actionspec_codegen::pipeline;
use actionspec_mock::Mock;
use clap::Parser;

/// Runs a mock server on loopback that answers actions from their specs.
#[derive(Parser)]
struct Args {
    /// The specs folder.
    #[arg(long, default_value = "specs")]
    specs: PathBuf,
    /// The port for HTTP; integrations with other protocols get the following ports. 0 selects free ports.
    #[arg(long, default_value_t = 4010)]
    port: u16,
    /// Integrations to serve [default: all].
    integrations: Vec<String>,
}

#[tokio::main(flavor = "current_thread")]
#[expect(clippy::print_stdout, clippy::print_stderr, reason = "a program that talks to its user")]
async fn main() -> ExitCode {
    let args = Args::parse();
    let checked = pipeline::check(&args.specs, &args.specs.display().to_string());
    eprint!("{}", render(&checked.findings, Format::Human, false));
    let Some(mut catalog) = checked.catalog else { return ExitCode::FAILURE };
    if let Some(unknown) = args
        .integrations
        .iter()
        .find(|id| catalog.integrations.iter().all(|known| known.id != **id))
    {
        eprintln!("error: unknown integration `{unknown}`");
        return ExitCode::FAILURE;
    }
    catalog.integrations.retain(|integration| {
        args.integrations.is_empty() || args.integrations.contains(&integration.id)
    });
    let served: Vec<(String, usize, String)> = catalog
        .integrations
        .iter()
        .map(|integration| {
            (integration.title.clone(), integration.actions.len(), integration.slug.clone())
        })
        .collect();
    let mock = match Mock::start(catalog, args.port).await {
        Ok(mock) => mock,
        Err(error) => {
            eprintln!("error: port {}: {error}", args.port);
            return ExitCode::FAILURE;
        }
    };
    for (title, actions, slug) in served {
        println!("{title} ({actions} actions) at {}", mock.base_url(&slug));
    }
    match mock.wait().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}
