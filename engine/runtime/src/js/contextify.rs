//! Contexts beside the main one (<https://nodejs.org/api/vm.html#what-does-it-mean-to-contextify-an-object>): the
//! properties of a contextified object are the global variables of its context, through interceptors on the global object.
//!
//! The global object itself has every variable, too, since V8 goes on to it where an interceptor does not answer; the
//! object's own properties come first.

use std::cell::{Cell, RefCell};

use super::state::State;
use super::{convert, elsewhere};

/// Where a context keeps its contextified object.
const SANDBOX: i32 = 0;

/// Where it keeps the symbol that says who is asked for modules that code of unknown origin imports.
const IMPORTER: i32 = 1;

/// From so many contexts on, those that are gone are looked for.
const TIDY: usize = 32;

/// What is kept with a context.
pub struct Info {
    allows_wasm: bool,
    /// The object is in place: V8 already asks the interceptors while it makes the context.
    ready: Cell<bool>,
    /// Its own queue, when its microtasks run right after its scripts.
    queue: Option<v8::MicrotaskQueueHandle>,
}

/// The contexts of one runtime.
#[derive(Default)]
pub struct Contexts {
    main: RefCell<Option<v8::Global<v8::Context>>>,
    list: RefCell<Vec<v8::Weak<v8::Context>>>,
    hooks: RefCell<[Option<v8::Global<v8::Function>>; 4]>,
}

impl Contexts {
    /// Has V8 call these functions for the promises of every context, also of those to come.
    pub fn set_promise_hooks(&self, scope: &mut v8::PinScope, hooks: [Option<v8::Local<v8::Function>>; 4]) {
        *self.hooks.borrow_mut() = hooks.map(|hook| hook.map(|hook| v8::Global::new(scope, hook)));
        self.list.borrow_mut().retain(|context| !context.is_empty());
        let others: Vec<_> =
            self.list.borrow().iter().filter_map(|context| context.to_local(scope)).collect();
        let contexts = self.main(scope).into_iter().chain(others);
        for context in contexts {
            self.hook(scope, context);
        }
    }

    fn hook(&self, scope: &mut v8::PinScope, context: v8::Local<v8::Context>) {
        let scope = &mut v8::ContextScope::new(scope, context);
        let hooks = self.hooks.borrow();
        let [init, before, after, settled] =
            hooks.each_ref().map(|hook| hook.as_ref().map(|hook| v8::Local::new(scope, hook)));
        scope.set_promise_hooks(init, before, after, settled);
    }

    /// Says which context is the main one.
    pub fn set_main(&self, scope: &v8::PinScope, context: v8::Local<v8::Context>) {
        *self.main.borrow_mut() = Some(v8::Global::new(scope, context));
    }

    /// The main context.
    pub fn main<'s>(&self, scope: &v8::PinScope<'s, '_, ()>) -> Option<v8::Local<'s, v8::Context>> {
        self.main.borrow().as_ref().map(|context| v8::Local::new(scope, context))
    }

    /// Lets go of what V8 holds for us.
    pub fn clear(&self) {
        *self.main.borrow_mut() = None;
        self.list.borrow_mut().clear();
        *self.hooks.borrow_mut() = [const { None }; 4];
    }
}

fn context_key<'s>(scope: &v8::PinScope<'s, '_>) -> v8::Local<'s, v8::Private> {
    let name = convert::name(scope, "loopscope:context");
    v8::Private::for_api(scope, Some(name))
}

/// What a new context is to be like.
pub struct Wanted {
    /// `eval` and `new Function` work.
    pub strings: bool,
    /// WebAssembly can be compiled.
    pub wasm: bool,
    /// Its microtasks run right after its scripts.
    pub own_queue: bool,
}

/// Makes a context for `sandbox`, or one with an ordinary global object. Returns the object that stands for it.
pub fn create<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    state: &State,
    sandbox: Option<v8::Local<'s, v8::Object>>,
    importer: v8::Local<'s, v8::Value>,
    wanted: &Wanted,
) -> Option<v8::Local<'s, v8::Object>> {
    let global_template = sandbox.map(|_| global_template(scope));
    let queue = wanted.own_queue.then(|| v8::MicrotaskQueue::new(scope, v8::MicrotasksPolicy::Explicit));
    let pointer = queue.as_ref().map(|queue| std::ptr::from_ref::<v8::MicrotaskQueue>(queue).cast_mut());
    let options = v8::ContextOptions { global_template, global_object: None, microtask_queue: pointer };
    let main = scope.get_current_context();
    let context = v8::Context::new(scope, options);
    let token = main.get_security_token(scope);
    context.set_security_token(token);
    context.set_allow_generation_from_strings(wanted.strings);
    let global = context.global(scope);
    let object = sandbox.unwrap_or(global);
    {
        // Before the sandbox is asked for what the context looks up.
        let inside = &mut v8::ContextScope::new(scope, context);
        elsewhere::watch(inside);
    }
    context.set_embedder_data(SANDBOX, object.into());
    context.set_embedder_data(IMPORTER, importer);
    context.set_slot(std::rc::Rc::new(Info {
        allows_wasm: wanted.wasm,
        ready: Cell::new(sandbox.is_some()),
        queue,
    }));
    let key = context_key(scope);
    object.set_private(scope, key, global.into())?;
    state.contexts.hook(scope, context);
    if let Some(inspector) = state.any_inspector() {
        inspector.context_created(context);
    }
    let weak = v8::Weak::new(scope, context);
    let mut list = state.contexts.list.borrow_mut();
    if list.len() >= 2 * TIDY {
        list.retain(|context| !context.is_empty());
    }
    list.push(weak);
    drop(list);
    Some(object)
}

/// Whether the object stands for a context.
pub fn is_context(scope: &mut v8::PinScope, object: v8::Local<v8::Object>) -> bool {
    let key = context_key(scope);
    object.has_private(scope, key) == Some(true)
}

/// The context that the object stands for.
pub fn context_of<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    object: v8::Local<'s, v8::Object>,
) -> Option<v8::Local<'s, v8::Context>> {
    let key = context_key(scope);
    let global = v8::Local::<v8::Object>::try_from(object.get_private(scope, key)?).ok()?;
    global.get_creation_context(scope)
}

/// What the current context was given as `importer`; `None` for the main one.
pub fn importer<'s>(scope: &v8::PinScope<'s, '_>) -> Option<v8::Local<'s, v8::Value>> {
    let context = scope.get_current_context();
    context.get_slot::<Info>()?;
    context.get_embedder_data(scope, IMPORTER)
}

/// Runs the microtasks of a context that has its own queue.
pub fn run_own_microtasks(scope: &mut v8::PinScope, context: v8::Local<v8::Context>) {
    let info = context.get_slot::<Info>();
    if let Some(queue) = info.as_ref().and_then(|info| info.queue.as_ref()) {
        queue.perform_checkpoint(scope);
    }
}

/// V8 asks whether WebAssembly may be compiled.
///
/// # Safety
/// Only V8 calls it, with live handles.
pub unsafe extern "C" fn allow_wasm(context: v8::Local<v8::Context>, _source: v8::Local<v8::String>) -> bool {
    context.get_slot::<Info>().is_none_or(|info| info.allows_wasm)
}

fn global_template<'s>(scope: &mut v8::PinScope<'s, '_>) -> v8::Local<'s, v8::ObjectTemplate> {
    let template = v8::ObjectTemplate::new(scope);
    template.set_named_property_handler(
        v8::NamedPropertyHandlerConfiguration::new()
            .getter(named_get)
            .setter(named_set)
            .query(named_query)
            .deleter(named_delete)
            .enumerator(named_list)
            .definer(named_define)
            .descriptor(named_describe)
            .flags(v8::PropertyHandlerFlags::HAS_NO_SIDE_EFFECT),
    );
    template.set_indexed_property_handler(
        v8::IndexedPropertyHandlerConfiguration::new()
            .getter(indexed_get)
            .setter(indexed_set)
            .query(indexed_query)
            .deleter(indexed_delete)
            .enumerator(indexed_list)
            .definer(indexed_define)
            .descriptor(indexed_describe)
            .flags(v8::PropertyHandlerFlags::HAS_NO_SIDE_EFFECT),
    );
    template
}

/// The contextified object and the global object behind an interceptor.
struct Pair<'s> {
    sandbox: v8::Local<'s, v8::Object>,
    global: v8::Local<'s, v8::Object>,
    context: v8::Local<'s, v8::Context>,
}

fn pair<'s>(scope: &mut v8::PinScope<'s, '_>, args: &v8::PropertyCallbackArguments<'s>) -> Option<Pair<'s>> {
    let context = args.holder().get_creation_context(scope)?;
    if !context.get_slot::<Info>()?.ready.get() {
        return None;
    }
    let sandbox = v8::Local::<v8::Object>::try_from(context.get_embedder_data(scope, SANDBOX)?).ok()?;
    Some(Pair { sandbox, global: context.global(scope), context })
}

fn index_name<'s>(scope: &v8::PinScope<'s, '_>, index: u32) -> v8::Local<'s, v8::Name> {
    convert::name(scope, &index.to_string()).into()
}

fn named_get<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    key: v8::Local<'s, v8::Name>,
    args: v8::PropertyCallbackArguments<'s>,
    mut ret: v8::ReturnValue<v8::Value>,
) -> v8::Intercepted {
    let Some(pair) = pair(scope, &args) else { return v8::Intercepted::kNo };
    let scope = &mut v8::ContextScope::new(scope, pair.context);
    v8::tc_scope!(let scope, scope);
    let mut found = pair.sandbox.get_real_named_property(scope, key);
    if found.is_none() && !scope.has_caught() {
        found = pair.global.get_real_named_property(scope, key);
    }
    if scope.has_caught() {
        scope.rethrow();
        return v8::Intercepted::kYes;
    }
    match found {
        // Scripts of the context see the object as their global object.
        Some(value) if value == pair.sandbox => ret.set(pair.global.into()),
        Some(value) => ret.set(value),
        None => return v8::Intercepted::kNo,
    }
    v8::Intercepted::kYes
}

fn attributes(
    scope: &mut v8::PinScope,
    object: v8::Local<v8::Object>,
    key: v8::Local<v8::Name>,
) -> Option<v8::PropertyAttribute> {
    if object.has_real_named_property(scope, key) != Some(true) {
        return None;
    }
    object.get_real_named_property_attributes(scope, key)
}

fn named_query<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    key: v8::Local<'s, v8::Name>,
    args: v8::PropertyCallbackArguments<'s>,
    mut ret: v8::ReturnValue<v8::Integer>,
) -> v8::Intercepted {
    let Some(pair) = pair(scope, &args) else { return v8::Intercepted::kNo };
    let scope = &mut v8::ContextScope::new(scope, pair.context);
    if let Some(found) = attributes(scope, pair.sandbox, key) {
        ret.set_uint32(found.as_u32());
        return v8::Intercepted::kYes;
    }
    v8::Intercepted::kNo
}

fn named_set<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    key: v8::Local<'s, v8::Name>,
    value: v8::Local<'s, v8::Value>,
    args: v8::PropertyCallbackArguments<'s>,
    _ret: v8::ReturnValue<v8::Boolean>,
) -> v8::Intercepted {
    let Some(pair) = pair(scope, &args) else { return v8::Intercepted::kNo };
    let scope = &mut v8::ContextScope::new(scope, pair.context);
    let on_global = attributes(scope, pair.global, key);
    let on_sandbox = attributes(scope, pair.sandbox, key);
    if [&on_global, &on_sandbox].into_iter().flatten().any(|found| found.is_read_only()) {
        return v8::Intercepted::kNo;
    }
    let is_declared = on_global.is_some() || on_sandbox.is_some();
    // In strict code an assignment to a name that nobody declared is a mistake; functions are declared by such stores.
    if !is_declared && args.should_throw_on_error() && !value.is_function() {
        return v8::Intercepted::kNo;
    }
    if !is_declared && key.is_symbol() {
        return v8::Intercepted::kNo;
    }
    if pair.sandbox.set(scope, key.into(), value).is_none() {
        return v8::Intercepted::kYes;
    }
    let is_new = on_global.is_none() && !value.is_function();
    if is_new || (on_sandbox.is_some() && has_accessor(scope, pair.sandbox, key)) {
        // The object has it; the global object need not have a value of its own.
        return v8::Intercepted::kYes;
    }
    v8::Intercepted::kNo
}

/// Whether an own property is an accessor.
fn has_accessor(scope: &mut v8::PinScope, object: v8::Local<v8::Object>, key: v8::Local<v8::Name>) -> bool {
    let Some(descriptor) = object.get_own_property_descriptor(scope, key) else { return false };
    let Ok(descriptor) = v8::Local::<v8::Object>::try_from(descriptor) else { return false };
    ["get", "set"].into_iter().any(|name| {
        let name = convert::name(scope, name);
        descriptor.has_own_property(scope, name.into()) == Some(true)
    })
}

fn named_describe<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    key: v8::Local<'s, v8::Name>,
    args: v8::PropertyCallbackArguments<'s>,
    mut ret: v8::ReturnValue<v8::Value>,
) -> v8::Intercepted {
    let Some(pair) = pair(scope, &args) else { return v8::Intercepted::kNo };
    let scope = &mut v8::ContextScope::new(scope, pair.context);
    if pair.sandbox.has_own_property(scope, key) == Some(true)
        && let Some(descriptor) = pair.sandbox.get_own_property_descriptor(scope, key)
    {
        ret.set(descriptor);
        return v8::Intercepted::kYes;
    }
    v8::Intercepted::kNo
}

fn named_define<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    key: v8::Local<'s, v8::Name>,
    descriptor: &v8::PropertyDescriptor,
    args: v8::PropertyCallbackArguments<'s>,
    _ret: v8::ReturnValue<v8::Boolean>,
) -> v8::Intercepted {
    let Some(pair) = pair(scope, &args) else { return v8::Intercepted::kNo };
    let scope = &mut v8::ContextScope::new(scope, pair.context);
    if let Some(found) = attributes(scope, pair.global, key)
        && found.is_read_only()
        && found.is_dont_delete()
    {
        return v8::Intercepted::kNo;
    }
    let mut copy = if descriptor.has_get() || descriptor.has_set() {
        let undefined: v8::Local<v8::Value> = v8::undefined(scope).into();
        let get = if descriptor.has_get() { descriptor.get() } else { undefined };
        let set = if descriptor.has_set() { descriptor.set() } else { undefined };
        v8::PropertyDescriptor::new_from_get_set(get, set)
    } else {
        let undefined: v8::Local<v8::Value> = v8::undefined(scope).into();
        let value = if descriptor.has_value() { descriptor.value() } else { undefined };
        if descriptor.has_writable() {
            v8::PropertyDescriptor::new_from_value_writable(value, descriptor.writable())
        } else {
            v8::PropertyDescriptor::new_from_value(value)
        }
    };
    if descriptor.has_enumerable() {
        copy.set_enumerable(descriptor.enumerable());
    }
    if descriptor.has_configurable() {
        copy.set_configurable(descriptor.configurable());
    }
    // What the object refuses it refuses for the global object, too.
    let _ = pair.sandbox.define_property(scope, key, &copy);
    v8::Intercepted::kNo
}

fn named_delete<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    key: v8::Local<'s, v8::Name>,
    args: v8::PropertyCallbackArguments<'s>,
    mut ret: v8::ReturnValue<v8::Boolean>,
) -> v8::Intercepted {
    let Some(pair) = pair(scope, &args) else { return v8::Intercepted::kNo };
    let scope = &mut v8::ContextScope::new(scope, pair.context);
    if pair.sandbox.delete(scope, key.into()) == Some(true) {
        return v8::Intercepted::kNo;
    }
    ret.set_bool(false);
    v8::Intercepted::kYes
}

/// Own keys of the contextified object: names and symbols, or indices.
fn list<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    args: &v8::PropertyCallbackArguments<'s>,
    indices: bool,
) -> Option<v8::Local<'s, v8::Array>> {
    let pair = pair(scope, args)?;
    let scope = &mut v8::ContextScope::new(scope, pair.context);
    let wanted = v8::GetPropertyNamesArgsBuilder::new()
        .mode(v8::KeyCollectionMode::OwnOnly)
        .property_filter(v8::PropertyFilter::ALL_PROPERTIES)
        .index_filter(if indices { v8::IndexFilter::IncludeIndices } else { v8::IndexFilter::SkipIndices })
        .key_conversion(v8::KeyConversionMode::KeepNumbers)
        .build();
    let names = pair.sandbox.get_property_names(scope, wanted)?;
    if !indices {
        return Some(names);
    }
    let numbers: Vec<_> = (0..names.length())
        .filter_map(|index| names.get_index(scope, index))
        .filter(|name| name.is_number())
        .collect();
    Some(v8::Array::new_with_elements(scope, &numbers))
}

fn named_list<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    args: v8::PropertyCallbackArguments<'s>,
    mut ret: v8::ReturnValue<v8::Array>,
) {
    if let Some(names) = list(scope, &args, false) {
        ret.set(names);
    }
}

fn indexed_list<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    args: v8::PropertyCallbackArguments<'s>,
    mut ret: v8::ReturnValue<v8::Array>,
) {
    if let Some(names) = list(scope, &args, true) {
        ret.set(names);
    }
}

/// Handlers of numbered properties: those of named ones, the name being the number.
macro_rules! by_name {
    ($($indexed:ident => $named:ident($($arg:ident: $type:ty),*);)*) => {$(
        fn $indexed<'s>(scope: &mut v8::PinScope<'s, '_>, index: u32, $($arg: $type),*) -> v8::Intercepted {
            let key = index_name(scope, index);
            $named(scope, key, $($arg),*)
        }
    )*};
}

by_name! {
    indexed_get => named_get(args: v8::PropertyCallbackArguments<'s>, ret: v8::ReturnValue<v8::Value>);
    indexed_query => named_query(args: v8::PropertyCallbackArguments<'s>, ret: v8::ReturnValue<v8::Integer>);
    indexed_set => named_set(value: v8::Local<'s, v8::Value>, args: v8::PropertyCallbackArguments<'s>, ret: v8::ReturnValue<v8::Boolean>);
    indexed_describe => named_describe(args: v8::PropertyCallbackArguments<'s>, ret: v8::ReturnValue<v8::Value>);
    indexed_define => named_define(descriptor: &v8::PropertyDescriptor, args: v8::PropertyCallbackArguments<'s>, ret: v8::ReturnValue<v8::Boolean>);
    indexed_delete => named_delete(args: v8::PropertyCallbackArguments<'s>, ret: v8::ReturnValue<v8::Boolean>);
}
