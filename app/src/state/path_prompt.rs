//! The path that is typed where the system shows no dialog.

use std::fs;
use std::path::{Path, PathBuf};

use crate::dialogs::Ask;

/// Files and folders that are suggested at once.
const SUGGESTED: usize = 8;

/// A path that is being typed.
#[derive(Debug)]
pub struct PathPrompt {
    /// What it is for.
    pub ask: Ask,
    /// What was typed.
    pub text: String,
    /// What was typed when [`Self::suggestions`] were looked up.
    looked_up: Option<String>,
    suggestions: Vec<String>,
}

/// What can be done with the path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fits {
    /// It can be taken.
    Yes,
    /// It can be taken, and what is there is replaced.
    Replaces,
    /// Nothing was typed, or a folder.
    Incomplete,
    /// There is no such file.
    Missing,
    /// There is no folder for it.
    NoFolder,
}

impl PathPrompt {
    /// A path in `folder`, with the name that is proposed.
    pub fn new(ask: Ask, folder: &Path) -> Self {
        let mut text = folder.join(ask.name().unwrap_or_default()).to_string_lossy().into_owned();
        if ask.name().is_none() && !text.ends_with('/') {
            text.push('/');
        }
        Self { ask, text, looked_up: None, suggestions: Vec::new() }
    }

    /// The path; `~` is the home folder.
    pub fn path(&self) -> PathBuf {
        path_of(&self.text)
    }

    /// Whether it can be taken.
    pub fn fits(&self) -> Fits {
        let path = self.path();
        if self.text.is_empty() || path.is_dir() {
            return Fits::Incomplete;
        }
        match (self.ask.name().is_some(), path.exists()) {
            (true, true) => Fits::Replaces,
            (true, false)
                if path.parent().is_some_and(|folder| folder.as_os_str().is_empty() || folder.is_dir()) =>
            {
                Fits::Yes
            }
            (true, false) => Fits::NoFolder,
            (false, true) => Fits::Yes,
            (false, false) => Fits::Missing,
        }
    }

    /// How what was typed can go on: whole texts, folders first and with a `/` at their end, then what is likely meant.
    pub fn suggestions(&mut self) -> &[String] {
        if self.looked_up.as_ref() != Some(&self.text) {
            self.suggestions = suggestions(&self.ask, &self.text);
            self.looked_up = Some(self.text.clone());
        }
        &self.suggestions
    }

    /// Goes on as far as all suggestions agree.
    pub fn complete(&mut self) {
        let suggestions = self.suggestions();
        let Some(first) = suggestions.first() else { return };
        let common = suggestions.iter().fold(first.as_str(), |common, other| {
            let same = common.char_indices().zip(other.chars()).find(|((_, a), b)| a != b);
            let end = same.map_or(common.len().min(other.len()), |((at, _), _)| at);
            &common[..end]
        });
        let common = common.to_owned();
        if common.len() > self.text.len() {
            self.text = common;
        }
    }
}

fn path_of(text: &str) -> PathBuf {
    match (text.strip_prefix("~/"), std::env::home_dir()) {
        (Some(rest), Some(home)) => home.join(rest),
        _ => PathBuf::from(text),
    }
}

fn suggestions(ask: &Ask, text: &str) -> Vec<String> {
    let (folder, begun) =
        text.rsplit_once('/').map_or(("", text), |(folder, begun)| (&text[..=folder.len()], begun));
    let path = if folder.is_empty() { PathBuf::from(".") } else { path_of(folder) };
    let Ok(entries) = fs::read_dir(&path) else { return Vec::new() };
    let mut found: Vec<(bool, bool, String)> = entries
        .filter_map(|entry| {
            let name = entry.ok()?.file_name().into_string().ok()?;
            let is_wanted = name.starts_with(begun) && (!name.starts_with('.') || begun.starts_with('.'));
            let is_file = !Path::new(&path).join(&name).is_dir();
            let is_other = is_file && !ask.is_for(&name);
            let whole = format!("{folder}{name}{}", if is_file { "" } else { "/" });
            is_wanted.then_some((is_file, is_other, whole))
        })
        .collect();
    found.sort();
    found.truncate(SUGGESTED);
    found.into_iter().map(|entry| entry.2).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(ask: Ask, text: &str) -> PathPrompt {
        let mut prompt = PathPrompt::new(ask, Path::new(""));
        text.clone_into(&mut prompt.text);
        prompt
    }

    #[test]
    fn what_is_typed_goes_on_as_far_as_all_files_agree() {
        let folder = std::env::temp_dir().join(format!("loopscope-prompt-{}", std::process::id()));
        fs::create_dir_all(folder.join("source")).unwrap();
        for name in ["script-a.js", "script-b.js", ".hidden"] {
            fs::write(folder.join(name), "").unwrap();
        }
        let root = folder.to_string_lossy().into_owned();
        let mut prompt = typed(Ask::Open, &format!("{root}/"));
        let names = ["source/", "script-a.js", "script-b.js"].map(|name| format!("{root}/{name}"));
        assert_eq!(prompt.suggestions(), names);
        prompt.text.push_str("sc");
        prompt.complete();
        assert_eq!(prompt.text, format!("{root}/script-"));
        prompt.complete();
        assert_eq!(prompt.text, format!("{root}/script-"));
        prompt.text.push('b');
        prompt.complete();
        assert_eq!(prompt.path(), folder.join("script-b.js"));

        assert_eq!(prompt.fits(), Fits::Yes);
        let fits = |ask, name: &str| typed(ask, &format!("{root}/{name}")).fits();
        let save = || Ask::Save("x.js".to_owned());
        assert_eq!(fits(Ask::Open, "none.js"), Fits::Missing);
        assert_eq!(fits(Ask::Open, "source"), Fits::Incomplete);
        assert_eq!(fits(save(), "script-a.js"), Fits::Replaces);
        assert_eq!(fits(save(), "new.js"), Fits::Yes);
        assert_eq!(fits(save(), "none/new.js"), Fits::NoFolder);
        assert_eq!(typed(Ask::Open, "").fits(), Fits::Incomplete);
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn recordings_come_first_where_one_is_wanted() {
        let folder = std::env::temp_dir().join(format!("loopscope-prompt-kinds-{}", std::process::id()));
        fs::create_dir_all(folder.join("z")).unwrap();
        for name in ["a.png", "b.js", "run.loopscope"] {
            fs::write(folder.join(name), "").unwrap();
        }
        let root = folder.to_string_lossy().into_owned();
        let names = |ask| {
            let all = typed(ask, &format!("{root}/")).suggestions().to_vec();
            all.into_iter().map(|path| path[root.len() + 1..].to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(names(Ask::OpenRecording), ["z/", "run.loopscope", "a.png", "b.js"]);
        assert_eq!(names(Ask::Open), ["z/", "b.js", "run.loopscope", "a.png"]);
        assert_eq!(names(Ask::Export("a.svg".to_owned())), ["z/", "a.png", "b.js", "run.loopscope"]);
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn it_begins_in_the_folder() {
        let folder = Path::new("/a/b");
        assert_eq!(PathPrompt::new(Ask::Save("a.js".to_owned()), folder).text, "/a/b/a.js");
        assert_eq!(PathPrompt::new(Ask::Open, folder).text, "/a/b/");
    }
}
