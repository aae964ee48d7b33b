//! The JavaScript side of the built-in modules, embedded in the program.

use super::convert;

/// Id and source of every file, in order of id.
static SOURCES: &[(&str, &str)] = &include!(concat!(env!("OUT_DIR"), "/builtins.rs"));

/// Names the folder from which debug builds read the built-in modules instead, so that editing one needs no build.
const FOLDER_VARIABLE: &str = "LOOPSCOPE_BUILTINS_DIR";

/// Parameters of the function that each file is the body of.
const PARAMETERS: [&str; 5] = ["exports", "require", "module", "process", "ops"];

/// Whether there is a built-in module of this id.
pub fn exists(id: &str) -> bool {
    SOURCES.binary_search_by_key(&id, |entry| entry.0).is_ok()
        || (cfg!(debug_assertions) && edited(id).is_some())
}

/// Ids that scripts can require, in order.
pub fn public_ids() -> Vec<String> {
    let mut ids: Vec<String> = SOURCES.iter().map(|entry| entry.0.to_owned()).collect();
    if cfg!(debug_assertions) {
        ids.extend(crate::host::real::developer_files(FOLDER_VARIABLE, "js"));
        ids.sort();
        ids.dedup();
    }
    ids.retain(|id| !id.starts_with("internal/"));
    ids
}

/// The source in the folder that [`FOLDER_VARIABLE`] names.
fn edited(id: &str) -> Option<String> {
    crate::host::real::developer_file(FOLDER_VARIABLE, &format!("{id}.js"))
}

fn source<'s>(scope: &v8::PinScope<'s, '_>, id: &str) -> Option<v8::Local<'s, v8::String>> {
    if cfg!(debug_assertions)
        && let Some(text) = edited(id)
    {
        return v8::String::new(scope, &text);
    }
    let index = SOURCES.binary_search_by_key(&id, |entry| entry.0).ok()?;
    let text = SOURCES[index].1;
    // V8 uses the embedded bytes where they are instead of copying them.
    if text.is_ascii() {
        v8::String::new_external_onebyte_static(scope, text.as_bytes())
    } else {
        v8::String::new(scope, text)
    }
}

/// The function that `id` is the body of. `None` when there is no such module (nothing thrown) or when its source has
/// a syntax error (thrown).
pub fn compile<'s>(scope: &v8::PinScope<'s, '_>, id: &str) -> Option<v8::Local<'s, v8::Function>> {
    let code = source(scope, id)?;
    let parameters: &[&str] = if id == "internal/bootstrap" { &PARAMETERS[3..] } else { &PARAMETERS };
    let parameters: Vec<_> = parameters.iter().map(|name| convert::name(scope, name)).collect();
    let name = convert::string(scope, &format!("node:{id}")).into();
    let origin = origin(scope, name, false);
    let mut source = v8::script_compiler::Source::new(code, Some(&origin));
    v8::script_compiler::compile_function(
        scope,
        &mut source,
        &parameters,
        &[],
        v8::script_compiler::CompileOptions::NoCompileOptions,
        v8::script_compiler::NoCacheReason::NoReason,
    )
}

/// Where a script comes from, for V8.
pub fn origin<'s>(
    scope: &v8::PinScope<'s, '_>,
    name: v8::Local<'s, v8::Value>,
    is_module: bool,
) -> v8::ScriptOrigin<'s> {
    v8::ScriptOrigin::new(scope, name, 0, 0, false, -1, None, false, false, is_module, None)
}
