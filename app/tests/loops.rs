//! Runs with worker threads in the window.

#![allow(clippy::unwrap_used, reason = "helpers of tests fail the test as assertions do")]

mod harness;

use egui_kittest::kittest::Queryable as _;
use harness::{Folder, Window};
use loopscope_protocol::LoopId;

#[test]
fn ring_and_queues_show_the_loop_that_is_chosen() {
    let folder = Folder::new("loops");
    let script = folder.file(
        "app.js",
        "const { Worker, isMainThread, parentPort } = require('worker_threads');\n\
         if (isMainThread) {\n\
           const worker = new Worker(__filename, { name: 'adder' });\n\
           worker.on('message', () => worker.terminate());\n\
           worker.postMessage(1);\n\
         } else {\n\
           parentPort.on('message', () => parentPort.postMessage(2));\n\
         }\n",
    );
    let mut window = Window::open(Some(&script));
    window.press(egui::Modifiers::NONE, egui::Key::F5);
    assert_eq!(window.until_ended(), 0);
    {
        let model = window.app().running().unwrap().model();
        let (state, worker) = (model.state(), LoopId(1));
        assert_eq!(state.first_contradictions, Vec::<String>::new());
        assert_eq!(state.name_worker(worker), "adder");
        assert!(state.workers[&worker].state.ended.is_some());
        assert!(model.timeline.on(worker).unwrap().lanes.iter().any(|lane| !lane.is_empty()));
    }
    let choice = |window: &Window| window.harness.get_all_by_label("adder (ended)").next().is_some();
    assert!(choice(&window));
    assert_eq!(window.app().shown_loop(), LoopId::MAIN);
    window.harness.get_all_by_label("adder (ended)").next().unwrap().click();
    window.harness.run_steps(3);
    assert_eq!(window.app().shown_loop(), LoopId(1));
    // The next run begins with its main thread.
    window.press(egui::Modifiers::NONE, egui::Key::F5);
    assert_eq!(window.app().shown_loop(), LoopId::MAIN);
}

#[test]
fn what_is_found_in_a_worker_is_scrolled_into_view() {
    let folder = Folder::new("loops-find");
    let script = folder.file(
        "app.js",
        "const { Worker, isMainThread } = require('worker_threads');\n\
         const fs = require('fs');\n\
         if (isMainThread) {\n\
           new Worker(__filename, { name: 'adder' });\n\
           process.nextTick(() => {});\n\
           Promise.resolve().then(() => setImmediate(() => setTimeout(() => {}, 1)));\n\
           for (let i = 0; i < 6; i++) fs.readFile(__filename, () => console.log(i));\n\
         } else {\n\
           setTimeout(function adds() { fs.stat(__filename, () => {}); }, 1);\n\
         }\n",
    );
    let mut window = Window::open(Some(&script));
    window.press(egui::Modifiers::NONE, egui::Key::F5);
    assert_eq!(window.until_ended(), 0);
    // Rows that cannot be seen have no names.
    let sees = |window: &Window| window.harness.query_by_label("Fold adder").is_some();
    assert!(!sees(&window), "the rows of the worker lie below what is in view");
    window.press(egui::Modifiers::COMMAND | egui::Modifiers::SHIFT, egui::Key::Slash);
    window.type_text("adds");
    window.press(egui::Modifiers::NONE, egui::Key::F3);
    window.harness.run_steps(3);
    window.sees_part("Selected: timeout adds");
    assert!(sees(&window), "the lanes are scrolled");
    // Operations of workers are found as well.
    window.press(egui::Modifiers::COMMAND, egui::Key::A);
    window.type_text("op:stat");
    window.harness.run_steps(3);
    window.harness.get_by_label("1 match");
}
