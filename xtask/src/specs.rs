//! The specs folder of a command, and the format of errors.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::output::{MessageFormat, project};

/// The specs folder and the format of errors.
#[derive(Args, Clone)]
pub struct SpecArgs {
    /// The specs folder [default: `specs` of this project].
    #[arg(long, value_name = "DIR")]
    pub specs: Option<PathBuf>,
    /// Format of errors.
    #[arg(long, value_enum, default_value_t = MessageFormat::Human)]
    pub message_format: MessageFormat,
    /// Print nothing on success.
    #[arg(long, short)]
    pub quiet: bool,
    /// Number of threads [default: one per core].
    #[arg(long, value_name = "N")]
    pub threads: Option<usize>,
}

impl SpecArgs {
    /// The specs folder.
    #[must_use]
    pub fn folder(&self) -> PathBuf {
        self.specs.clone().unwrap_or_else(|| project().join("specs"))
    }

    /// Sets the size of the thread pool.
    pub fn set_threads(&self) {
        if let Some(threads) = self.threads {
            // The pool is there already only if this ran before; then its size stands.
            let _ = rayon::ThreadPoolBuilder::new().num_threads(threads).build_global();
        }
    }

    /// The same settings as command-line arguments for another program.
    #[must_use]
    pub fn arguments(&self) -> Vec<OsString> {
        let format = self.message_format.to_possible_value().map(|value| value.get_name().into());
        let mut arguments: Vec<OsString> =
            format.map(|format| vec!["--message-format".into(), format]).unwrap_or_default();
        if let Some(specs) = &self.specs {
            arguments.extend(["--specs".into(), specs.into()]);
        }
        if let Some(threads) = self.threads {
            arguments.extend(["--threads".into(), threads.to_string().into()]);
        }
        if self.quiet {
            arguments.push("--quiet".into());
        }
        arguments
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::{MessageFormat, SpecArgs};

    #[derive(Parser)]
    struct Program {
        #[command(flatten)]
        specs: SpecArgs,
    }

    fn parse(arguments: &[&str]) -> SpecArgs {
        Program::parse_from([&["program"], arguments].concat()).specs
    }

    #[test]
    fn another_program_is_told_the_same() {
        for arguments in [
            &[] as &[&str],
            &["--specs", "a b", "--message-format", "json", "--threads", "3", "-q"],
        ] {
            let args = parse(arguments);
            let told: Vec<String> = args
                .arguments()
                .iter()
                .map(|argument| argument.to_string_lossy().into_owned())
                .collect();
            let again = parse(&told.iter().map(String::as_str).collect::<Vec<_>>());
            assert_eq!(
                (again.specs, again.quiet, again.threads),
                (args.specs, args.quiet, args.threads)
            );
            assert!(
                again.message_format == args.message_format
                    && args.message_format
                        == if arguments.is_empty() {
                            MessageFormat::Human
                        } else {
                            MessageFormat::Json
                        }
            );
        }
    }
}
