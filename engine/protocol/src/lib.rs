//! Events, commands and the reducer that folds the events of a run into the state of its event loop.
