//! `cargo xtask screenshots`: pictures of the window during real runs.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};

use crate::process::{cargo, run};
use crate::project::Project;
use crate::run::{program, program_path};
use crate::setup;

/// A picture.
struct Picture {
    /// Name of its file.
    name: &'static str,
    /// The example that runs, without its folder.
    example: &'static str,
    look: &'static str,
    size: &'static str,
    /// Least time between callbacks in milliseconds.
    slow: &'static str,
    /// When it is taken, in milliseconds; at the end of the run when empty.
    after: &'static str,
}

const PICTURES: &[Picture] = &[
    Picture {
        name: "first-look-dark",
        example: "first-look.js",
        look: "dark",
        size: "1280x800",
        slow: "60",
        after: "700",
    },
    Picture {
        name: "first-look-light",
        example: "first-look.js",
        look: "light",
        size: "1280x800",
        slow: "60",
        after: "700",
    },
    Picture {
        name: "at-the-same-time-dark-large",
        example: "at-the-same-time.js",
        look: "dark",
        size: "2560x1440",
        slow: "20",
        after: "600",
    },
    Picture {
        name: "blocked-loop-light-large",
        example: "a-blocked-loop.js",
        look: "light",
        size: "2560x1440",
        slow: "0",
        after: "",
    },
    Picture {
        name: "where-errors-go-dark",
        example: "where-errors-go.js",
        look: "dark",
        size: "1280x800",
        slow: "0",
        after: "",
    },
    Picture {
        name: "order-of-queues-light",
        example: "order-of-queues.js",
        look: "light",
        size: "1280x800",
        slow: "150",
        after: "1400",
    },
    Picture {
        name: "stop-and-look-dark",
        example: "stop-and-look.js",
        look: "dark",
        size: "1280x800",
        slow: "0",
        after: "",
    },
    Picture {
        name: "stop-and-look-light",
        example: "stop-and-look.js",
        look: "light",
        size: "1280x800",
        slow: "0",
        after: "",
    },
    Picture {
        name: "stop-and-look-dark-large",
        example: "stop-and-look.js",
        look: "dark",
        size: "2560x1440",
        slow: "0",
        after: "",
    },
    Picture {
        name: "stop-and-look-light-large",
        example: "stop-and-look.js",
        look: "light",
        size: "2560x1440",
        slow: "0",
        after: "",
    },
    Picture {
        name: "http-api-dark",
        example: "http-api.js",
        look: "dark",
        size: "1280x800",
        slow: "20",
        after: "3000",
    },
    Picture {
        name: "tcp-chat-light",
        example: "tcp-chat.js",
        look: "light",
        size: "1280x800",
        slow: "20",
        after: "1200",
    },
];

/// The screen on which the windows are shown: room for the largest.
const SCREEN: &str = "2700x1600";

/// Fewer bytes than the picture of an empty window has.
const LEAST_BYTES: u64 = 20_000;

/// Makes the pictures in `screenshots`.
pub fn chore(project: &Project, arguments: &[String]) -> Result<()> {
    setup::chore(project, &[])?;
    run(&mut cargo(project, ["build", "--locked", "--workspace", "--exclude", "xtask", "--bins"]))?;
    render(project, &project.join("screenshots"), arguments)
}

/// Makes the pictures whose names contain one of `filters` (all, if there are none) in `folder`.
pub fn render(project: &Project, folder: &Path, filters: &[String]) -> Result<()> {
    fs::create_dir_all(folder).with_context(|| format!("the folder {}", folder.display()))?;
    let window = program_path(project, "loopscope")?;
    // The pictures show where a script lies; where this checkout lies is nobody's business.
    let examples = std::env::temp_dir().join("examples");
    copy(&project.join("assets/examples"), &examples)?;
    let wanted = |picture: &&Picture| {
        filters.is_empty() || filters.iter().any(|filter| picture.name.contains(filter.as_str()))
    };
    for picture in PICTURES.iter().filter(wanted) {
        let file = folder.join(format!("{}.png", picture.name));
        let mut command = program(project, "on-screen", &[SCREEN]);
        command.arg(&window).args(["--no-settings", "--run", "--look", picture.look, "--size", picture.size]);
        command.args(["--slow", picture.slow]).arg("--picture").arg(&file);
        if !picture.after.is_empty() {
            command.args(["--picture-after", picture.after]);
        }
        run(command.arg(examples.join(picture.example)))?;
        let bytes = fs::metadata(&file).map_or(0, |meta| meta.len());
        ensure!(bytes >= LEAST_BYTES, "{} shows no window: {bytes} bytes", file.display());
    }
    Ok(())
}

/// Copies the files of a folder.
fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to).with_context(|| format!("the folder {}", to.display()))?;
    for entry in fs::read_dir(from).with_context(|| format!("the folder {}", from.display()))? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default();
        fs::copy(&path, to.join(name)).with_context(|| format!("copying {}", path.display()))?;
    }
    Ok(())
}
