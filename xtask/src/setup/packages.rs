//! System packages: what a C linker, a window and a screen without a display need.

use std::fs;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::process::{on_path, output, run};
use crate::project::Project;

/// Packages that serve one purpose.
struct Group {
    what_for: &'static str,
    /// The names in Debian 12.
    debian: &'static [&'static str],
    /// A program that tells whether the group is there on a system with other package names; `None` when only trying
    /// tells.
    program: Option<&'static str>,
    /// Whether only the window needs it.
    window: bool,
}

const GROUPS: &[Group] = &[
    Group { what_for: "linking", debian: &["gcc", "pkg-config"], program: Some("cc"), window: false },
    Group {
        what_for: "the window",
        debian: &[
            "libx11-6",
            "libx11-xcb1",
            "libxcb1",
            "libxcursor1",
            "libxi6",
            "libxkbcommon0",
            "libxkbcommon-x11-0",
            "libgl1",
            "libegl1",
            "libgl1-mesa-dri",
        ],
        program: None,
        window: true,
    },
    Group {
        what_for: "pictures without a display",
        debian: &["mesa-vulkan-drivers"],
        program: None,
        window: true,
    },
    Group {
        what_for: "a screen without a display",
        debian: &["xvfb", "xauth", "openbox", "xdotool"],
        program: Some("Xvfb"),
        window: true,
    },
];

/// Installs what is missing where this program may, and says what is missing elsewhere.
pub fn install(project: &Project) -> Result<()> {
    let groups: Vec<_> = GROUPS.iter().filter(|group| !group.window || project.has_window()).collect();
    if cfg!(not(target_os = "linux")) {
        return Ok(());
    }
    let release = fs::read_to_string("/etc/os-release").unwrap_or_default();
    if is_debian(&release) { debian(&groups) } else { other(&groups) }
}

/// Whether `/etc/os-release` says that packages have Debian's names.
fn is_debian(release: &str) -> bool {
    let value =
        |line: &str, key: &str| line.strip_prefix(key).map(|value| value.trim_matches('"').to_owned());
    release
        .lines()
        .filter_map(|line| value(line, "ID=").or_else(|| value(line, "ID_LIKE=")))
        .any(|ids| ids.split_whitespace().any(|id| id == "debian"))
}

fn debian(groups: &[&Group]) -> Result<()> {
    let missing: Vec<_> = groups
        .iter()
        .map(|group| {
            (
                group.what_for,
                group.debian.iter().copied().filter(|name| !is_installed(name)).collect::<Vec<_>>(),
            )
        })
        .filter(|(_, names)| !names.is_empty())
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    eprintln!("Missing system packages:");
    for (what_for, names) in &missing {
        eprintln!("  for {what_for}: {}", names.join(" "));
    }
    let names: Vec<_> = missing.into_iter().flat_map(|(_, names)| names).collect();
    get(&names)
}

/// Installs the package of a program that is missing, on Debian and its relatives.
pub fn install_program(name: &str) -> Result<()> {
    let release = fs::read_to_string("/etc/os-release").unwrap_or_default();
    if is_debian(&release) { get(&[name]) } else { Ok(()) }
}

/// Installs packages; without the right to, says how.
fn get(names: &[&str]) -> Result<()> {
    if !is_root() {
        bail!(
            "install them, then run this again:\n\n  sudo apt-get install --no-install-recommends {}\n",
            names.join(" ")
        );
    }
    let apt = || {
        let mut command = Command::new("apt-get");
        command.env("DEBIAN_FRONTEND", "noninteractive");
        command
    };
    run(apt().arg("update"))?;
    run(apt().args(["install", "--yes", "--no-install-recommends"]).args(names))
        .context("the packages above could not be installed")
}

fn is_installed(package: &str) -> bool {
    output(Command::new("dpkg-query").args(["--show", "--showformat=${db:Status-Status}\n", package]))
        .is_some_and(|states| states.lines().any(|state| state == "installed"))
}

fn is_root() -> bool {
    output(Command::new("id").arg("-u")).is_some_and(|id| id.trim() == "0")
}

/// Says what to install where the packages' names are not known; fails when a needed program is certainly missing.
fn other(groups: &[&Group]) -> Result<()> {
    let missing: Vec<_> =
        groups.iter().filter(|group| group.program.is_some_and(|program| !on_path(program))).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let mut text = "this system's packages are not known here; install what Debian calls:\n".to_owned();
    for group in missing {
        text += &format!("\n  for {}: {}", group.what_for, group.debian.join(" "));
    }
    bail!(text);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debian_and_what_is_made_from_it_are_recognized() {
        assert!(is_debian("NAME=x\nID=debian\n"));
        assert!(is_debian("ID=mint\nID_LIKE=\"ubuntu debian\"\n"));
        assert!(!is_debian("ID=fedora\nPRETTY_NAME=\"not debian\"\n"));
    }
}
