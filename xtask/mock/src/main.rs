//! `actionspec-mock`: serves the actions of a specs folder on loopback.

use std::net::Ipv4Addr;
use std::path::PathBuf;
use std::process::ExitCode;

use actionspec_codegen::diagnostics::{Format, render};
use actionspec_codegen::pipeline;
use clap::Parser;
use tokio::net::TcpListener;

/// Serves actions on loopback, answered from their specs.
#[derive(Parser)]
struct Args {
    /// The specs folder.
    #[arg(long, default_value = "specs")]
    specs: PathBuf,
    /// The port; 0 takes a free one.
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
    if let Some(unknown) = args.integrations.iter().find(|id| catalog.integrations.iter().all(|known| known.id != **id)) {
        eprintln!("error: there is no integration `{unknown}`");
        return ExitCode::FAILURE;
    }
    catalog.integrations.retain(|integration| args.integrations.is_empty() || args.integrations.contains(&integration.id));
    let listener = match TcpListener::bind((Ipv4Addr::LOCALHOST, args.port)).await {
        Ok(listener) => listener,
        Err(error) => {
            eprintln!("error: port {}: {error}", args.port);
            return ExitCode::FAILURE;
        }
    };
    if let Ok(address) = listener.local_addr() {
        for integration in &catalog.integrations {
            println!("{} ({} actions) at http://{address}/{}", integration.title, integration.actions.len(), integration.slug);
        }
    }
    match actionspec_mock::serve(listener, catalog).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}
