//! Requests of clients that the runtime answers itself, and the answers
//! (<https://chromedevtools.github.io/devtools-protocol/>).

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// The protocol's code for wrong parameters.
pub const INVALID_PARAMS: i32 = -32602;

/// The protocol's code for a request that cannot be followed at the moment.
pub const SERVER_ERROR: i32 = -32000;

/// Why a request is refused: a code and a sentence.
pub type Refused = (i32, String);

/// A request; what it asks of whom stands in its `method`.
#[derive(Deserialize)]
pub struct Request {
    /// What the answer is to be known by.
    pub id: i64,
    /// What is asked for, with the domain before a point.
    pub method: String,
    /// The details, null without any.
    #[serde(default)]
    pub params: Value,
}

/// The details of a request as they ought to be.
///
/// # Errors
/// When they are not so.
pub fn params<T: DeserializeOwned>(params: Value) -> Result<T, Refused> {
    serde_json::from_value(params).map_err(|wrong| (INVALID_PARAMS, format!("Invalid parameters: {wrong}")))
}

/// The text of an answer.
pub fn answer(id: impl Into<Value>, done: Result<Value, Refused>) -> String {
    let id = id.into();
    match done {
        Ok(result) => json!({ "id": id, "result": result }).to_string(),
        Err((code, message)) => {
            json!({ "id": id, "error": { "code": code, "message": message } }).to_string()
        }
    }
}
