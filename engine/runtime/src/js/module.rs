//! ES modules as V8 knows them. `internal/modules/esm` finds and loads them and names each by a number.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::num::NonZeroI32;

use super::builtin::origin;
use super::compile_cache::{self, Kind};
use super::state::{Hook, State};
use super::{convert, error};

/// The modules of one runtime.
#[derive(Default)]
pub struct Modules {
    records: RefCell<Vec<Record>>,
    by_hash: RefCell<HashMap<NonZeroI32, Vec<usize>>>,
    main: Cell<Option<usize>>,
}

struct Record {
    module: v8::Global<v8::Module>,
    /// Where it belongs, when that is not the main context.
    context: Option<v8::Global<v8::Context>>,
    url: String,
    /// Modules for each request, in order of [`v8::Module::get_module_requests`].
    links: HashMap<(String, String), usize>,
}

impl Modules {
    /// The module behind a number.
    pub fn get<'s>(&self, scope: &v8::PinScope<'s, '_>, number: usize) -> Option<v8::Local<'s, v8::Module>> {
        self.records.borrow().get(number).map(|record| v8::Local::new(scope, &record.module))
    }

    /// Keeps a module; returns its number.
    fn add(&self, scope: &v8::PinScope, module: v8::Local<v8::Module>, url: &str) -> usize {
        let mut records = self.records.borrow_mut();
        let number = records.len();
        let context = scope.get_current_context();
        let is_main = context.get_slot::<super::contextify::Info>().is_none();
        let record = Record {
            module: v8::Global::new(scope, module),
            context: (!is_main).then(|| v8::Global::new(scope, context)),
            url: url.to_owned(),
            links: HashMap::new(),
        };
        records.push(record);
        self.by_hash.borrow_mut().entry(module.get_identity_hash()).or_default().push(number);
        number
    }

    /// The context a module belongs to.
    pub fn context<'s>(
        &self,
        scope: &v8::PinScope<'s, '_>,
        number: usize,
    ) -> Option<v8::Local<'s, v8::Context>> {
        let records = self.records.borrow();
        let record = records.get(number)?;
        Some(match &record.context {
            Some(context) => v8::Local::new(scope, context),
            None => scope.get_current_context(),
        })
    }

    /// The number of a module.
    fn number(&self, scope: &v8::PinScope, module: v8::Local<v8::Module>) -> Option<usize> {
        let by_hash = self.by_hash.borrow();
        let records = self.records.borrow();
        let same = |number: &usize| v8::Local::new(scope, &records[*number].module) == module;
        by_hash.get(&module.get_identity_hash())?.iter().copied().find(same)
    }

    /// The number of the main module, when that is an ES module.
    pub fn main(&self) -> Option<usize> {
        self.main.get()
    }

    /// Says which module is the main one.
    pub fn set_main(&self, number: usize) {
        self.main.set(Some(number));
    }
}

/// Compiles the source of a module; `None` when it has a syntax error (thrown).
pub fn compile<'s>(
    scope: &v8::PinScope<'s, '_>,
    url: &str,
    source: v8::Local<'s, v8::String>,
) -> Option<v8::Local<'s, v8::Module>> {
    let name = convert::string(scope, url).into();
    let origin = origin(scope, name, true);
    let mut source = v8::script_compiler::Source::new(source, Some(&origin));
    v8::script_compiler::compile_module(scope, &mut source)
}

/// As [`compile`], with the help of the compile cache.
fn compile_cached<'s>(
    scope: &v8::PinScope<'s, '_>,
    state: &State,
    url: &str,
    source: v8::Local<'s, v8::String>,
) -> Option<v8::Local<'s, v8::Module>> {
    let cache = &state.compile_cache;
    let Some(asked) = cache.look_up(scope, state, Kind::EsModule, url, source) else {
        return compile(scope, url, source);
    };
    let name = convert::string(scope, url).into();
    let origin = origin(scope, name, true);
    let (mut source, options) = compile_cache::source(source, &origin, Some(&asked));
    let reason = v8::script_compiler::NoCacheReason::NoReason;
    let module = v8::script_compiler::compile_module2(scope, &mut source, options, reason)?;
    if compile_cache::was_no_use(&source) {
        cache.add_module(scope, asked, module);
    }
    Some(module)
}

/// Compiles and keeps the source of a module; `None` when it has a syntax error (thrown).
pub fn add_source<'s>(
    scope: &v8::PinScope<'s, '_>,
    state: &State,
    url: &str,
    source: v8::Local<'s, v8::String>,
) -> Option<usize> {
    let module = if state.compile_cache.is_on() {
        compile_cached(scope, state, url, source)?
    } else {
        compile(scope, url, source)?
    };
    if let Some(script) = module.script_id() {
        let map = module.get_unbound_module_script(scope).get_source_mapping_url(scope);
        super::trace::note_map(scope, state, (script, url), Some(map));
    }
    Some(state.modules.add(scope, module, url))
}

/// Keeps a module of the current context.
pub fn add(scope: &v8::PinScope, state: &State, module: v8::Local<v8::Module>, url: &str) -> usize {
    state.modules.add(scope, module, url)
}

/// Makes and keeps a module whose exports JavaScript sets.
pub fn add_synthetic(scope: &v8::PinScope, state: &State, url: &str, names: &[String]) -> usize {
    let name = convert::string(scope, url);
    let names: Vec<_> = names.iter().map(|name| convert::name(scope, name)).collect();
    let module = v8::Module::create_synthetic_module(scope, name, &names, evaluate_synthetic);
    state.modules.add(scope, module, url)
}

/// What a module imports: specifiers with their attributes (key, value, key, value …).
pub fn requests(
    scope: &mut v8::PinScope,
    module: v8::Local<v8::Module>,
) -> Vec<(String, Vec<(String, String)>)> {
    let list = module.get_module_requests();
    (0..list.length())
        .filter_map(|index| v8::Local::<v8::ModuleRequest>::try_from(list.get(scope, index)?).ok())
        .map(|request| {
            let specifier = request.get_specifier().to_rust_string_lossy(scope);
            // Key, value and source offset of each attribute.
            (specifier, attributes(scope, request.get_import_attributes(), 3))
        })
        .collect()
}

fn attributes(scope: &v8::PinScope, list: v8::Local<v8::FixedArray>, stride: usize) -> Vec<(String, String)> {
    let text = |index: usize| -> Option<String> {
        let value = v8::Local::<v8::Value>::try_from(list.get(scope, index)?).ok()?;
        Some(convert::text(scope, value))
    };
    (0..list.length()).step_by(stride).filter_map(|index| Some((text(index)?, text(index + 1)?))).collect()
}

/// Distinguishes requests of one specifier with different attributes.
fn attribute_key(attributes: &[(String, String)]) -> String {
    attributes.iter().map(|(key, value)| format!("{key}={value};")).collect()
}

/// Says which module answers each request, in order of [`requests`].
pub fn link(scope: &mut v8::PinScope, state: &State, number: usize, targets: &[usize]) {
    let Some(module) = state.modules.get(scope, number) else { return };
    let requests = requests(scope, module);
    let mut records = state.modules.records.borrow_mut();
    for ((specifier, attributes), target) in requests.into_iter().zip(targets) {
        records[number].links.insert((specifier, attribute_key(&attributes)), *target);
    }
}

/// V8 asks for the module behind a request.
pub fn resolve<'s>(
    context: v8::Local<'s, v8::Context>,
    specifier: v8::Local<'s, v8::String>,
    import_attributes: v8::Local<'s, v8::FixedArray>,
    referrer: v8::Local<'s, v8::Module>,
) -> Option<v8::Local<'s, v8::Module>> {
    v8::callback_scope!(unsafe scope, context);
    let state = State::of(scope);
    let number = state.modules.number(scope, referrer)?;
    let key =
        (specifier.to_rust_string_lossy(scope), attribute_key(&attributes(scope, import_attributes, 3)));
    let target = state.modules.records.borrow().get(number)?.links.get(&key).copied();
    target.and_then(|target| state.modules.get(scope, target))
}

/// V8 evaluates a synthetic module.
fn evaluate_synthetic<'s>(
    context: v8::Local<'s, v8::Context>,
    module: v8::Local<'s, v8::Module>,
) -> Option<v8::Local<'s, v8::Value>> {
    v8::callback_scope!(unsafe scope, context);
    let state = State::of(scope);
    let number = state.modules.number(scope, module)?;
    let hook = state.hook(scope, Hook::EvaluateSynthetic)?;
    let receiver = v8::undefined(scope).into();
    let number = v8::Number::new(scope, number as f64).into();
    hook.call(scope, receiver, &[number])?;
    let resolver = v8::PromiseResolver::new(scope)?;
    resolver.resolve(scope, receiver);
    Some(resolver.get_promise(scope).into())
}

/// V8 asks for the contents of `import.meta`.
pub extern "C" fn fill_import_meta(
    context: v8::Local<v8::Context>,
    module: v8::Local<v8::Module>,
    meta: v8::Local<v8::Object>,
) {
    v8::callback_scope!(unsafe scope, context);
    let state = State::of(scope);
    let Some(number) = state.modules.number(scope, module) else { return };
    let Some(hook) = state.hook(scope, Hook::FillImportMeta) else { return };
    let url = convert::string(scope, &state.modules.records.borrow()[number].url).into();
    let receiver = v8::undefined(scope).into();
    let number = v8::Number::new(scope, number as f64).into();
    let _ = hook.call(scope, receiver, &[meta.into(), url, number]);
}

/// V8 runs `import(specifier)`.
pub fn import_dynamically<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    options: v8::Local<'s, v8::Data>,
    resource_name: v8::Local<'s, v8::Value>,
    specifier: v8::Local<'s, v8::String>,
    import_attributes: v8::Local<'s, v8::FixedArray>,
) -> Option<v8::Local<'s, v8::Promise>> {
    let state = State::of(scope);
    let hook = state.hook(scope, Hook::ImportDynamically)?;
    let object = v8::Object::new(scope);
    for (key, value) in attributes(scope, import_attributes, 2) {
        let (key, value) = (convert::name(scope, &key), convert::string(scope, &value));
        object.set(scope, key.into(), value.into());
    }
    let receiver = v8::undefined(scope).into();
    // Scripts of `vm` carry a symbol that says who is to be asked.
    let symbol = v8::Local::<v8::FixedArray>::try_from(options).ok().and_then(|list| {
        let first = if list.length() > 0 { list.get(scope, 0) } else { None };
        v8::Local::<v8::Symbol>::try_from(first?).map(v8::Local::<v8::Value>::from).ok()
    });
    let importer = super::contextify::importer(scope);
    let symbol = symbol.or(importer).unwrap_or(receiver);
    let result = hook.call(scope, receiver, &[specifier.into(), resource_name, object.into(), symbol])?;
    if importer.is_none() {
        return v8::Local::<v8::Promise>::try_from(result).ok();
    }
    // The code gets a promise of its own context.
    let resolver = v8::PromiseResolver::new(scope)?;
    resolver.resolve(scope, result);
    Some(resolver.get_promise(scope))
}

/// The places at which the main module waits for a promise that nothing can settle any more, as Node words it.
pub fn stalled_message(scope: &mut v8::PinScope, state: &State) -> Option<String> {
    let module = state.modules.get(scope, state.modules.main()?)?;
    if !module.is_source_text_module()
        || !matches!(module.get_status(), v8::ModuleStatus::Evaluated | v8::ModuleStatus::Evaluating)
    {
        return None;
    }
    let waiting = module.get_stalled_top_level_await_message(scope);
    let (_, message) = waiting.first()?;
    let place = error::place(scope, *message);
    Some(format!("Warning: Detected unsettled top-level await at {place}\n\n\n"))
}
