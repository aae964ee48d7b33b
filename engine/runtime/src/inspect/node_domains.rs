//! Protocol domains that Node.js has beside V8's: `NodeRuntime`, and `Network` and `DOMStorage`, whose events the built-in
//! modules make (<https://nodejs.org/api/inspector.html>).

use std::collections::BTreeMap;
use std::rc::Rc;

use serde_json::json;

use super::request::{self, INVALID_PARAMS, Request};
use super::session::Session;
use super::{Inspector, SessionId};
use crate::js::state::State;

/// The name under which a session keeps that it wants to hear of the end of the program.
const HEARS_END: &str = "NodeRuntime.notifyWhenWaitingForDisconnect";

/// The option with which programs can give resources to debuggers.
const RESOURCES: &str = "--experimental-inspector-network-resource";

/// Domains that only turn events on and off, and the option without which they are not there.
const SWITCHED: [(&str, Option<&str>); 4] = [
    ("NodeRuntime", None),
    ("Network", None),
    // Streams are those of network resources.
    ("IO", Some(RESOURCES)),
    ("DOMStorage", Some("--experimental-storage-inspection")),
];

/// The answer to a request of one of the domains; `None` for what V8 answers.
pub fn answer(
    session: &Session,
    inspector: &Inspector,
    state: &State,
    method: &str,
    text: &str,
) -> Option<String> {
    let (domain, name) = method.split_once('.')?;
    let (domain, option) = SWITCHED.iter().find(|entry| entry.0 == domain)?;
    let is_on = |option: &str| state.options.settings.iter().any(|setting| setting == option);
    if option.is_some_and(|option| !is_on(option)) {
        return None;
    }
    let request: Request = serde_json::from_str(text).ok()?;
    let mut domains = session.domains.borrow_mut();
    match (*domain, name) {
        ("IO", "enable" | "disable") => return None,
        ("Network", "loadNetworkResource") if !is_on(RESOURCES) => {
            let text = format!(
                "Network resource loading is not enabled. This feature is experimental and requires {RESOURCES} flag to be set."
            );
            return Some(request::answer(request.id, Err((request::SERVER_ERROR, text))));
        }
        (_, "enable") => {
            domains.insert(domain);
        }
        (_, "disable") => {
            domains.remove(domain);
        }
        ("NodeRuntime", "notifyWhenWaitingForDisconnect") => match request.params["enabled"].as_bool() {
            Some(true) => {
                domains.insert(HEARS_END);
            }
            Some(false) => {
                domains.remove(HEARS_END);
            }
            None => {
                let refused = (INVALID_PARAMS, "Invalid parameters".to_owned());
                return Some(request::answer(request.id, Err(refused)));
            }
        },
        _ => {
            let answer = inspector.bodies.borrow_mut().answer(method, &request.params)?;
            return Some(request::answer(request.id, answer.map_err(|message| (INVALID_PARAMS, message))));
        }
    }
    Some(request::answer(request.id, Ok(json!({}))))
}

/// Tells those who want to know that the program is over and waits for them; false when nobody does.
pub fn tell_of_the_end(sessions: &BTreeMap<SessionId, Rc<Session>>) -> bool {
    let mut told = false;
    for session in sessions.values().filter(|session| session.domains.borrow().contains(HEARS_END)) {
        session.client.send(r#"{"method":"NodeRuntime.waitingForDisconnect"}"#.to_owned());
        told = true;
    }
    told
}
