//! `actionspec-site`: builds the documentation site; `cargo xtask docs` hands over to it.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use actionspec_codegen::emit::{EMITTERS, Emitter};
use actionspec_codegen::pipeline::{self, Mode};
use actionspec_site::{Options, Report, build, node_tests, serve, weigh};
use anyhow::Result;
use clap::Parser;
use xtask::output::{MessageFormat, cache, on_demand, print as print_findings, project, shown};

/// Builds the documentation site from the output of `cargo xtask gen`.
#[expect(clippy::struct_excessive_bools, reason = "each is a separate flag")]
#[derive(Parser)]
#[command(name = "cargo xtask docs")]
struct Args {
    /// A folder with all published kinds of output [default: `generated` of this project, and what is not committed is generated].
    #[arg(long, value_name = "DIR")]
    generated: Option<PathBuf>,
    /// The output folder, which is replaced [default: `target/site`; with `--serve` `target/site-preview`].
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// The path below which the site is served.
    #[arg(long, value_name = "PATH", default_value = "/")]
    base_path: String,
    /// Scheme and host of the site, for canonical URLs and a sitemap.
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// The URL prefix for editing specs, followed by a path below the specs folder [default: `editUrl` of the catalogue].
    #[arg(long, value_name = "URL")]
    edit_url: Option<String>,
    /// Build without search; does not require Node.js.
    #[arg(long)]
    no_search: bool,
    /// Serve the site on loopback; generate, build and reload when specs or templates change.
    #[arg(long, conflicts_with = "test")]
    serve: bool,
    /// The port of `--serve`; 0 selects a free one.
    #[arg(long, default_value_t = 4000)]
    port: u16,
    /// Print a summary of the build as JSON.
    #[arg(long)]
    json: bool,
    /// Benchmark: time and memory of the build, and the transfer size of a first view and a first search. Prints JSON.
    #[arg(long, conflicts_with_all = ["serve", "test", "no_search"])]
    bench: bool,
    /// Build the site and the one of the conformance specs, and test both in a browser.
    #[arg(long)]
    test: bool,
}

#[expect(clippy::print_stderr, reason = "a program that talks to its user")]
fn main() -> ExitCode {
    match run(&Args::parse()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

#[expect(clippy::print_stdout, reason = "a program that talks to its user")]
fn run(args: &Args) -> Result<bool> {
    let project = project();
    let folder = if args.serve { "target/site-preview" } else { "target/site" };
    let options = Options {
        generated: args.generated.clone().unwrap_or_else(|| project.join("generated")),
        on_demand: args.generated.clone().unwrap_or_else(on_demand),
        templates: project.join("docs-templates/site"),
        guides: Some(project.join("docs-templates/guides")),
        out: args.out.clone().unwrap_or_else(|| project.join(folder)),
        base_path: args.base_path.clone(),
        base_url: args.base_url.clone(),
        edit_url: args.edit_url.clone(),
        search: !args.no_search,
    };
    if args.generated.is_none() && !generate_on_demand(&project)? {
        return Ok(false);
    }
    if args.test {
        return test(&project, options);
    }
    let options = options.checked()?;
    let report = build(&options)?;
    if args.bench {
        let mut figures = serde_json::to_value(&report)?;
        figures["reader"] = weigh(&options.out, &options.base_path)?;
        println!("{}", serde_json::to_string_pretty(&figures)?);
        return Ok(true);
    }
    print(args, &options, &report)?;
    if args.serve {
        preview(args, &options)?;
    }
    Ok(true)
}

#[expect(clippy::print_stdout, reason = "a program that talks to its user")]
fn print(args: &Args, options: &Options, report: &Report) -> Result<()> {
    if args.json {
        println!("{}", serde_json::to_string(report)?);
        return Ok(());
    }
    println!(
        "Built {} pages ({} files) in {:.1}s: pages {:.1}s, search {:.1}s, {} links checked in {:.1}s",
        report.pages,
        report.files,
        (report.render + report.index + report.check).as_secs_f64(),
        report.render.as_secs_f64(),
        report.index.as_secs_f64(),
        report.links,
        report.check.as_secs_f64(),
    );
    println!("{}", options.out.display());
    if options.base_url.is_none() {
        println!(
            "No sitemap and no canonical addresses: they need `--base-url https://docs.example.com`"
        );
    }
    Ok(())
}

/// Builds both sites below a base path, and opens them in a browser.
fn test(project: &Path, options: Options) -> Result<bool> {
    let (site, conformance) =
        (project.join("target/site-test"), project.join("target/site-conformance"));
    let options = Options {
        base_path: "/docs/".to_owned(),
        base_url: Some("https://docs.example.com".to_owned()),
        edit_url: Some("https://git.example.com/acme/catalog/edit/main/specs".to_owned()),
        out: site.clone(),
        ..options
    };
    build(&options.clone().checked()?)?;
    let generated = project.join("codegen/conformance/generated");
    let options = Options {
        on_demand: generated.clone(),
        generated,
        out: conformance.clone(),
        edit_url: None,
        ..options
    };
    build(&options.checked()?)?;
    node_tests(&site, &conformance)
}

/// Serves the site; a change of specs or templates generates and builds it again.
#[expect(clippy::print_stdout, clippy::print_stderr, reason = "a program that talks to its user")]
fn preview(args: &Args, options: &Options) -> Result<()> {
    let project = project();
    let mut sources = vec![options.templates.clone()];
    sources.extend(options.guides.clone());
    let own = args.generated.is_none();
    if own {
        sources.extend([project.join("specs"), project.join("docs-templates/default")]);
    } else {
        sources.push(options.generated.clone());
    }
    let again = options.clone();
    let rebuild = move || {
        let rebuilt = || -> Result<bool> {
            if own && !(generate(&project) && generate_on_demand(&project)?) {
                return Ok(false);
            }
            build(&again).map(|_| true)
        };
        rebuilt().unwrap_or_else(|error| {
            eprintln!("error: {error:#}");
            false
        })
    };
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(async {
        let listener = serve::bind(args.port).await?;
        println!("Serving http://{}{} (Ctrl-C ends it)", listener.local_addr()?, options.base_path);
        serve::serve(listener, options, &sources, rebuild).await
    })
}

/// Runs `cargo xtask gen`, which prints errors itself.
fn generate(project: &Path) -> bool {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    Command::new(cargo)
        .args(["xtask", "gen", "--quiet"])
        .current_dir(project)
        .status()
        .is_ok_and(|status| status.success())
}

/// Generates the published kinds of output that are not committed, below `target`. Prints the errors of specs; false if there are any.
fn generate_on_demand(project: &Path) -> Result<bool> {
    let is_wanted = |emitter: &&&dyn Emitter| emitter.published() && !emitter.committed();
    let only = EMITTERS.iter().filter(is_wanted).map(|emitter| emitter.name().to_owned());
    let specs = project.join("specs");
    let options = pipeline::Options {
        specs_shown: shown(&specs),
        specs,
        templates: project.join("docs-templates"),
        layout: "default".to_owned(),
        out: on_demand(),
        only: only.collect(),
        pretty: false,
    };
    let generated = pipeline::generate(&options, Mode::Write { cache: Some(&cache()) })?;
    print_findings(&generated.findings, MessageFormat::Human);
    Ok(generated.outcome.is_some())
}
