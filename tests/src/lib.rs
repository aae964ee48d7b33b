//! Specs: scripts with the output that real Node.js printed for them.
//!
//! A spec is a folder `specs/AREA/NAME` with a script (`main.js`, `main.mjs` or `main.ts`), `expected.out` (its standard
//! output), `expected.err` (its standard error, absent when that is empty) and, where needed, `spec.json`
//! ([`spec::Settings`]). The expected files are written by the program `specs` from a run with Node.js, never by hand;
//! the test `specs` runs the same scripts with `loopscope-node` and compares.

pub mod compare;
pub mod display;
pub mod inspected;
pub mod known;
pub mod names;
pub mod normalize;
pub mod process;
pub mod program;
pub mod spec;
