//! `cargo xtask explain`

use std::process::ExitCode;

use actionspec_codegen::diagnostics::Code;

use crate::output::fail;

pub(crate) fn run(code: Option<&str>) -> ExitCode {
    let Some(wanted) = code else {
        for code in Code::ALL {
            anstream::println!("{}  {}", code.id(), code.title());
        }
        return ExitCode::SUCCESS;
    };
    let Some(code) = Code::parse(wanted) else {
        return fail(&format!("unknown code `{wanted}`; `cargo xtask explain` lists all of them"));
    };
    anstream::println!("{}: {}\n\n{}", code.id(), code.title(), code.explanation());
    ExitCode::SUCCESS
}
