//! `sandboxd launch` builds a sandbox and becomes its process 1; `sandboxd serve` is what process 1 then does;
//! `sandboxd shell` becomes the program of a terminal; `sandboxd inspect` says what is in force where it runs.

mod daemon;
mod inspect;
mod launcher;
mod shell;

use std::process::ExitCode;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let result = match (arguments.next().as_deref(), arguments.next(), arguments.next()) {
        (Some("launch"), None, None) => launcher::launch().map_err(|error| describe(&error)),
        (Some("serve"), Some(settings), None) => daemon::serve(&settings).map_err(|error| describe(&error)),
        (Some("shell"), Some(program), first) => {
            shell::become_program(&program, first.into_iter().chain(arguments))
                .map_err(|error| describe(&error))
        }
        (Some("inspect"), None, None) => inspect::print().map_err(|error| describe(&error)),
        _ => Err("usage: sandboxd launch < SPEC.json, with listening sockets as file descriptors 3 and 4"
            .to_owned()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("{reason}");
            ExitCode::FAILURE
        }
    }
}

/// An error with all its causes in one line.
fn describe(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}
