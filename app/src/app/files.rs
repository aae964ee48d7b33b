//! Files of the window: opened, saved, dropped, and asked about before they are lost.

use std::path::{Path, PathBuf};

use crossbeam_channel::TryRecvError;
use egui::{Context, Modal, RichText, ViewportCommand};

use super::{AfterSave, App, Asked, Purpose, Question};
use crate::dialogs::Ask;
use crate::panel::{self, Prompted};
use crate::state::document::Document;
use crate::state::examples::EXAMPLES;
use crate::state::path_prompt::PathPrompt;
use crate::theme::{self, size};

impl App {
    pub(super) fn open_file(&mut self, path: &Path) {
        match Document::open(path) {
            Ok(document) => {
                self.show_document(document);
                self.settings.remember(self.document.path.as_deref().unwrap_or(path));
                self.remember();
            }
            Err(failed) => self.notice = Some(failed.to_string()),
        }
    }

    pub(super) fn open_example(&mut self, index: usize, run: bool, context: &Context) {
        let Some(example) = EXAMPLES.get(index) else { return };
        match example.copy(self.examples.as_deref()) {
            Ok(path) => self.open_file(&path),
            Err(failed) => self.notice = Some(failed.to_string()),
        }
        if run && self.notice.is_none() {
            self.start(false, context);
        }
    }

    pub(super) fn show_document(&mut self, mut document: Document) {
        document.generation = self.document.generation + 1;
        self.document = document;
        self.left = None;
        self.memory.forget_text();
    }

    /// Does what the user wants, after asking what to do with unsaved changes.
    pub(super) fn unless_unsaved(&mut self, then: AfterSave, context: &Context) {
        if self.document.is_dirty() {
            self.question = Some(Question::Unsaved(then));
        } else {
            self.after_save(then, context);
        }
    }

    pub(super) fn after_save(&mut self, then: AfterSave, context: &Context) {
        match then {
            AfterSave::Nothing => {}
            AfterSave::Run(paused) => self.start(paused, context),
            AfterSave::OpenFile(path) => self.open_any(&path, context),
            AfterSave::Example(index, run) => self.open_example(index, run, context),
            AfterSave::ShowOpened => self.show_opened(),
            AfterSave::Open => self.ask(Ask::Open, Purpose::Open, context),
            AfterSave::New => {
                self.show_document(Document::empty());
            }
            AfterSave::Quit => {
                self.may_close = true;
                context.send_viewport_cmd(ViewportCommand::Close);
            }
        }
    }

    pub(super) fn ask(&mut self, ask: Ask, purpose: Purpose, context: &Context) {
        if self.asked.is_some() {
            return;
        }
        let context = context.clone();
        let folder = self.folder();
        let answer = self.dialogs.ask(ask.clone(), &folder, Box::new(move || context.request_repaint()));
        self.asked = Some(Asked { answer, ask, purpose });
    }

    /// Where dialogs begin: beside the script, or where the program was started.
    fn folder(&self) -> PathBuf {
        let beside = self.document.file().and_then(Path::parent).filter(|folder| folder.is_dir());
        beside.map(Path::to_owned).or_else(|| std::env::current_dir().ok()).unwrap_or_default()
    }

    pub(super) fn ask_where_to_save(&mut self, then: AfterSave, context: &Context) {
        self.ask(Ask::Save(self.document.name()), Purpose::Save(then), context);
    }

    pub(super) fn save(&mut self, then: AfterSave, context: &Context) {
        match self.document.file().map(Path::to_owned) {
            Some(path) => self.save_to(&path, then, context),
            None => self.ask_where_to_save(then, context),
        }
    }

    pub(super) fn save_to(&mut self, path: &Path, then: AfterSave, context: &Context) {
        let was_recorded = self.document.recorded || self.document.made;
        match self.document.save_as(path) {
            Ok(()) if was_recorded => self.open_file(path),
            Ok(()) => {
                self.settings.breakpoints.save_edits(&self.document.script_name());
                self.settings.remember(path);
                self.remember();
                self.after_save(then, context);
            }
            Err(failed) => self.notice = Some(failed.to_string()),
        }
    }

    /// Takes the answer of a dialog, if there is one.
    pub(super) fn take_answer(&mut self, context: &Context) {
        let Some(asked) = &self.asked else { return };
        let answer = match asked.answer.try_recv() {
            Ok(answer) => answer,
            Err(TryRecvError::Empty) => return,
            Err(TryRecvError::Disconnected) => Err("no thread for it could be started".to_owned()),
        };
        let Some(Asked { ask, purpose, .. }) = self.asked.take() else { return };
        match answer {
            Ok(Some(path)) => self.use_path(&path, purpose, context),
            Ok(None) => {}
            Err(_) => self.question = Some(Question::Path(PathPrompt::new(ask, &self.folder()), purpose)),
        }
    }

    /// Does with a file what it was chosen for.
    fn use_path(&mut self, path: &Path, purpose: Purpose, context: &Context) {
        match purpose {
            Purpose::Save(then) => self.save_to(path, then, context),
            Purpose::Open => self.open_any(path, context),
            Purpose::SaveRecording => self.save_recording(path.to_owned(), context),
            Purpose::Record => self.record_to(path.to_owned()),
            Purpose::Compare => self.compare_with(path.to_owned(), context),
            Purpose::OpenProfile => self.open_profile(path.to_owned(), context),
            Purpose::SaveProfile => self.save_profile(path.to_owned(), context),
            Purpose::Export(what) => self.export_to(what, path.to_owned(), context),
        }
    }

    /// Keeps the settings.
    pub(super) fn remember(&mut self) {
        self.settings.layout = panel::write_layout(&self.layout);
        if let Some(file) = &self.settings_file
            && let Err(failed) = self.settings.save(file)
        {
            self.notice = Some(failed.to_string());
        }
    }

    /// Files that were dropped on the window: the first one is opened.
    pub(super) fn take_dropped(&mut self, context: &Context) {
        let dropped =
            context.input(|input| input.raw.dropped_files.first().map(|file| file.path().to_path_buf()));
        if let Some(path) = dropped {
            self.unless_unsaved(AfterSave::OpenFile(path), context);
        }
    }

    /// The window is to be closed: not before unsaved changes are dealt with.
    pub(super) fn guard_close(&mut self, context: &Context) {
        if context.input(|input| input.viewport().close_requested())
            && !self.may_close
            && self.document.is_dirty()
        {
            context.send_viewport_cmd(ViewportCommand::CancelClose);
            self.question = Some(Question::Unsaved(AfterSave::Quit));
        }
    }

    pub(super) fn show_question(&mut self, context: &Context) {
        match self.question.take() {
            Some(Question::Unsaved(then)) => self.show_unsaved(then, context),
            Some(Question::Path(prompt, purpose)) => self.show_path_prompt(prompt, purpose, context),
            None => {}
        }
    }

    fn show_path_prompt(&mut self, mut prompt: PathPrompt, purpose: Purpose, context: &Context) {
        match panel::path_prompt(&mut prompt, context) {
            Some(Prompted::Path(path)) => self.use_path(&path, purpose, context),
            Some(Prompted::Nothing) => {}
            None => self.question = Some(Question::Path(prompt, purpose)),
        }
    }

    fn show_unsaved(&mut self, then: AfterSave, context: &Context) {
        let mut answer = None;
        let modal = Modal::new(egui::Id::unique("unsaved")).show(context, |ui| {
            ui.set_width(size::DIALOG);
            ui.heading(format!("Save the changes to {}?", self.document.name()));
            ui.add_space(size::NEAR);
            ui.label("Without saving they are lost.");
            ui.add_space(size::FAR);
            ui.horizontal(|ui| {
                let palette = theme::of(ui);
                let save = RichText::new("Save").color(palette.on_accent);
                if ui.add(egui::Button::new(save).fill(palette.accent)).clicked() {
                    answer = Some(Some(true));
                }
                if ui.button("Don't save").clicked() {
                    answer = Some(Some(false));
                }
                if ui.button("Cancel").clicked() {
                    answer = Some(None);
                }
            });
        });
        if modal.should_close() && answer.is_none() {
            answer = Some(None);
        }
        match answer {
            Some(Some(true)) => self.save(then, context),
            Some(Some(false)) => {
                self.settings.breakpoints.give_up_edits(&self.document.script_name());
                self.remember();
                self.after_save(then, context);
            }
            Some(None) => {}
            None => self.question = Some(Question::Unsaved(then)),
        }
    }
}
