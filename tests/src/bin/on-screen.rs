//! `on-screen WIDTHxHEIGHT COMMAND…`: runs a command on a screen that only memory holds, and ends with its exit code.

use std::process::{Command, ExitCode};

use anyhow::{Context, Result};
use loopscope_tests::display::Display;

fn main() -> Result<ExitCode> {
    let mut args = std::env::args_os().skip(1);
    let usage = "usage: on-screen WIDTHxHEIGHT COMMAND…";
    let size = args.next().context(usage)?.to_string_lossy().into_owned();
    let (width, height) = size.split_once('x').context(usage)?;
    let mut command = Command::new(args.next().context(usage)?);
    let display = Display::start(width.parse().context(usage)?, height.parse().context(usage)?)?;
    display.lend(&mut command);
    let status = command.args(args).status().with_context(|| format!("cannot start {command:?}"))?;
    Ok(status.code().and_then(|code| u8::try_from(code).ok()).map_or(ExitCode::FAILURE, ExitCode::from))
}
