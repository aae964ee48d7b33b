//! Ops of ES modules: compile, link and evaluate modules that JavaScript names by numbers.

use crate::js::ops::{Args, OpDecl, OpError, OpResult, Ret};
use crate::js::state::State;
use crate::js::{convert, module};
use crate::ops;
use crate::web_url::WebUrl;

/// The table.
pub const OPS: &[OpDecl] = ops![
    esm_compile,
    esm_evaluate,
    esm_exception,
    esm_instantiate,
    esm_is_async,
    esm_link,
    esm_main,
    esm_namespace,
    esm_requests,
    esm_set_export,
    esm_set_main,
    esm_status,
    esm_synthetic,
    url_from_path,
    url_join,
    url_to_path,
];

fn number(args: Args) -> usize {
    convert::number(args.get(0)) as usize
}

fn find<'s>(scope: &v8::PinScope<'s, '_>, args: Args) -> Result<v8::Local<'s, v8::Module>, OpError> {
    let found = State::of(scope).modules.get(scope, number(args));
    found.ok_or_else(|| OpError::Type("there is no module of this number".to_owned()))
}

/// `(url, source) → number`.
fn esm_compile(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let state = State::of(scope);
    let url = convert::text(scope, args.get(0));
    let source = args.get(1).to_string(scope).ok_or(OpError::Thrown)?;
    let number = module::add_source(scope, &state, &url, source).ok_or(OpError::Thrown)?;
    ret.set_double(number as f64);
    Ok(())
}

/// `(number) → promise`.
fn esm_evaluate(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let promise = find(scope, args)?.evaluate(scope).ok_or(OpError::Thrown)?;
    ret.set(promise);
    Ok(())
}

/// `(number) → what the module threw`.
fn esm_exception(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let module = find(scope, args)?;
    if module.get_status() == v8::ModuleStatus::Errored {
        ret.set(module.get_exception());
    }
    Ok(())
}

/// `(number)`: links the module with what it imports.
fn esm_instantiate(scope: &mut v8::PinScope, args: Args, _ret: Ret) -> OpResult {
    let module = find(scope, args)?;
    let state = State::of(scope);
    let context = state.modules.context(scope, number(args)).ok_or(OpError::Thrown)?;
    let scope = &mut v8::ContextScope::new(scope, context);
    module.instantiate_module(scope, module::resolve).ok_or(OpError::Thrown)?;
    Ok(())
}

/// `(number) → whether the module or one that it imports has a top-level await`.
fn esm_is_async(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let module = find(scope, args)?;
    ret.set_bool(module.is_graph_async());
    Ok(())
}

/// `(number, [numbers])`: the modules that answer the requests, in their order.
fn esm_link(scope: &mut v8::PinScope, args: Args, _ret: Ret) -> OpResult {
    let list = v8::Local::<v8::Array>::try_from(args.get(1))
        .map_err(|_| OpError::Type("esm_link expects an array".to_owned()))?;
    let targets: Vec<usize> = (0..list.length())
        .filter_map(|index| list.get_index(scope, index))
        .map(|value| convert::number(value) as usize)
        .collect();
    let state = State::of(scope);
    module::link(scope, &state, number(args), &targets);
    Ok(())
}

/// `() → number of the main module, or undefined`.
fn esm_main(scope: &mut v8::PinScope, _args: Args, ret: Ret) -> OpResult {
    if let Some(number) = State::of(scope).modules.main() {
        ret.set_double(number as f64);
    }
    Ok(())
}

/// `(number) → namespace object`.
fn esm_namespace(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let module = find(scope, args)?;
    ret.set(module.get_module_namespace());
    Ok(())
}

/// `(number) → [[specifier, attributes] …]`.
fn esm_requests(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let module = find(scope, args)?;
    let mut requests = Vec::new();
    for (specifier, attributes) in module::requests(scope, module) {
        let object = v8::Object::new(scope);
        for (key, value) in attributes {
            let (key, value) = (convert::name(scope, &key), convert::string(scope, &value));
            object.set(scope, key.into(), value.into());
        }
        let specifier = convert::string(scope, &specifier);
        requests.push(v8::Array::new_with_elements(scope, &[specifier.into(), object.into()]).into());
    }
    ret.set(v8::Array::new_with_elements(scope, &requests).into());
    Ok(())
}

/// `(number, name, value)`: sets an export of a synthetic module.
fn esm_set_export<'s>(scope: &mut v8::PinScope<'s, '_>, args: Args<'_, 's>, _ret: Ret) -> OpResult {
    let module = find(scope, args)?;
    let name = args.get(1).to_string(scope).ok_or(OpError::Thrown)?;
    module.set_synthetic_module_export(scope, name, args.get(2)).ok_or(OpError::Thrown)?;
    Ok(())
}

/// `(number)`: this is the main module.
fn esm_set_main(scope: &mut v8::PinScope, args: Args, _ret: Ret) -> OpResult {
    State::of(scope).modules.set_main(number(args));
    Ok(())
}

/// `(number) → 0 uninstantiated … 2 instantiated, 3 evaluating, 4 evaluated, 5 errored`.
fn esm_status(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let status = find(scope, args)?.get_status();
    ret.set_int32(status as i32);
    Ok(())
}

/// `(url, [export names]) → number`.
fn esm_synthetic(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let state = State::of(scope);
    let url = convert::text(scope, args.get(0));
    let list = v8::Local::<v8::Array>::try_from(args.get(1))
        .map_err(|_| OpError::Type("esm_synthetic expects an array".to_owned()))?;
    let names: Vec<String> = (0..list.length())
        .filter_map(|index| list.get_index(scope, index))
        .map(|value| convert::text(scope, value))
        .collect();
    ret.set_double(module::add_synthetic(scope, &state, &url, &names) as f64);
    Ok(())
}

/// `(absolute path) → file URL`, as `url.pathToFileURL` writes it.
fn url_from_path(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let path = convert::text(scope, args.get(0));
    if !path.starts_with('/') {
        return Err(OpError::Type(format!("'{path}' is not an absolute path")));
    }
    let mut url = String::with_capacity(path.len() + 7);
    url.push_str("file://");
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"/:@&=+$,;!*'()-_.".contains(&byte) {
            url.push(char::from(byte));
        } else {
            url.push_str(&format!("%{byte:02X}"));
        }
    }
    ret.set(convert::string(scope, &url).into());
    Ok(())
}

/// `(relative URL, base URL) → URL`.
fn url_join(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let relative = convert::text(scope, args.get(0));
    let base = convert::text(scope, args.get(1));
    let joined = WebUrl::parse(&base, None).and_then(|base| WebUrl::parse(&relative, Some(&base)));
    let joined = joined.map_err(|_| OpError::Type(format!("Invalid URL: {relative}")))?;
    ret.set(convert::string(scope, &joined.serialize().0).into());
    Ok(())
}

/// `(file URL) → path, or null`.
fn url_to_path(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let text = convert::text(scope, args.get(0));
    match url::Url::parse(&text).ok().and_then(|url| url.to_file_path().ok()) {
        Some(path) => ret.set(convert::string(scope, &path.to_string_lossy()).into()),
        None => ret.set_null(),
    }
    Ok(())
}
