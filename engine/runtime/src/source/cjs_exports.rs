//! The names that a CommonJS module exports, as far as its source shows them: what
//! `import { name } from './commonjs.cjs'` can find (<https://nodejs.org/api/esm.html#commonjs-namespaces>).

use oxc_allocator::Allocator;
use oxc_ast::ast::*;
use oxc_ast_visit::{Visit, walk};
use oxc_parser::Parser;
use oxc_span::{GetSpan as _, SourceType};

/// What a CommonJS module exports.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct CjsExports {
    /// Names, in order of appearance.
    pub names: Vec<String>,
    /// Specifiers of modules whose exports are exported again.
    pub reexports: Vec<String>,
}

/// Reads the exports off the source. Source with syntax errors exports nothing: V8 will report them.
pub fn cjs_exports(source: &str) -> CjsExports {
    let allocator = Allocator::default();
    let parsed = Parser::new(&allocator, source, SourceType::cjs()).parse();
    let mut finder = Finder { source, found: CjsExports::default(), variables: Vec::new() };
    finder.visit_program(&parsed.program);
    finder.found
}

struct Finder<'s> {
    source: &'s str,
    found: CjsExports,
    /// Variables that hold what was required, and the specifiers.
    variables: Vec<(String, String)>,
}

impl Finder<'_> {
    fn name(&mut self, name: &str) {
        if !self.found.names.iter().any(|known| known == name) {
            self.found.names.push(name.to_owned());
        }
    }

    /// A name with half a surrogate pair cannot be that of an export; two halves written one by one are a character.
    fn name_in_literal(&mut self, literal: &StringLiteral) {
        if !literal.lone_surrogates {
            self.name(&literal.value);
        } else if let Some(name) = joined(&literal.value) {
            self.name(&name);
        }
    }

    fn reexport(&mut self, specifier: &str) {
        if !self.found.reexports.iter().any(|known| known == specifier) {
            self.found.reexports.push(specifier.to_owned());
        }
    }

    /// `module.exports = …` replaces what was re-exported before.
    fn exports_assigned(&mut self, value: &Expression) {
        self.found.reexports.clear();
        match value {
            Expression::ObjectExpression(object) => self.object(object),
            other => {
                if let Some(specifier) = required(other) {
                    self.reexport(specifier);
                }
            }
        }
    }

    /// Babel's `export *`: `Object.keys(required).forEach(function (key) { if (key === "default" …) return; … })`.
    fn keys_copied(&mut self, keys: &Expression, action: Option<&Argument>) {
        let Expression::CallExpression(call) = keys else { return };
        let Expression::StaticMemberExpression(member) = &call.callee else { return };
        let is_keys = member.property.name == "keys"
            && matches!(&member.object, Expression::Identifier(object) if object.name == "Object");
        let ([Argument::Identifier(variable)], Some(Argument::FunctionExpression(function))) =
            (call.arguments.as_slice(), action)
        else {
            return;
        };
        let Some(body) = &function.body else { return };
        let says_default = |condition: &Expression| {
            let text = &self.source[condition.span().start as usize..condition.span().end as usize];
            text.contains("'default'") || text.contains("\"default\"")
        };
        let text = &self.source[body.span.start as usize..body.span.end as usize];
        let is_copy = matches!(body.statements.first(), Some(Statement::IfStatement(first)) if says_default(&first.test))
            && text.contains("exports");
        if is_keys
            && is_copy
            && let Some((_, specifier)) =
                self.variables.iter().find(|(name, _)| variable.name.as_str() == name)
        {
            let specifier = specifier.clone();
            self.reexport(&specifier);
        }
    }

    /// `{ a, b: value, 'c': value, ...require('d') }`: reading stops at what is not plain.
    /// Reads an object literal from the left as far as the reader Node uses does: it knows tokens rather than the
    /// language, so that a value which is more than a word ends the list.
    fn object(&mut self, object: &ObjectExpression) {
        for property in &object.properties {
            let goes_on = match property {
                ObjectPropertyKind::ObjectProperty(property) => self.property(property),
                ObjectPropertyKind::SpreadProperty(spread) => match required(&spread.argument) {
                    Some(specifier) => {
                        self.reexport(specifier);
                        true
                    }
                    None => matches!(spread.argument, Expression::Identifier(_)),
                },
            };
            if !goes_on {
                return;
            }
        }
    }

    /// Whether what stands behind the property is read, too.
    fn property(&mut self, property: &ObjectProperty) -> bool {
        if property.computed || property.kind != PropertyKind::Init {
            return false;
        }
        let Some(name) = property.key.static_name() else { return false };
        if property.method {
            let is_async =
                matches!(&property.value, Expression::FunctionExpression(method) if method.r#async);
            self.name(if is_async { "async" } else { &name });
            return false;
        }
        match &property.value {
            Expression::Identifier(_) | Expression::BooleanLiteral(_) | Expression::NullLiteral(_) => {
                self.name(&name);
                true
            }
            value => {
                let first = self.source[value.span().start as usize..].chars().next();
                if first.is_some_and(|first| first.is_alphabetic() || first == '_' || first == '$') {
                    self.name(&name);
                    if let Some(specifier) = required(value) {
                        self.reexport(specifier);
                    }
                }
                false
            }
        }
    }
}

/// Text in which the parser wrote halves of surrogate pairs, and the mark itself, as U+FFFD and four hexadecimal digits;
/// nothing when a half has no other.
fn joined(text: &str) -> Option<String> {
    let mut parts = text.split('\u{fffd}');
    let mut units: Vec<u16> = parts.next()?.encode_utf16().collect();
    for part in parts {
        let (unit, rest) = part.split_at_checked(4)?;
        units.push(u16::from_str_radix(unit, 16).ok()?);
        units.extend(rest.encode_utf16());
    }
    String::from_utf16(&units).ok()
}

/// The specifier in `require('specifier')`, also wrapped as `__importStar(require('specifier'))`.
fn required<'a>(expression: &'a Expression) -> Option<&'a str> {
    let Expression::CallExpression(call) = expression else { return None };
    let Expression::Identifier(callee) = &call.callee else { return None };
    match (callee.name.as_str(), call.arguments.first()?) {
        ("require", Argument::StringLiteral(specifier)) => Some(specifier.value.as_str()),
        ("__importStar" | "__importDefault" | "_interopRequireWildcard", argument) => {
            required(argument.as_expression()?)
        }
        _ => None,
    }
}

/// Whether an expression is `exports` or `module.exports`.
fn is_exports(expression: &Expression) -> bool {
    match expression {
        Expression::Identifier(identifier) => identifier.name == "exports",
        Expression::StaticMemberExpression(member) => is_module_exports(member),
        _ => false,
    }
}

fn is_module_exports(member: &StaticMemberExpression) -> bool {
    member.property.name == "exports"
        && matches!(&member.object, Expression::Identifier(object) if object.name == "module")
}

impl<'a> Visit<'a> for Finder<'_> {
    fn visit_variable_declarator(&mut self, it: &VariableDeclarator<'a>) {
        if let (Some(name), Some(specifier)) =
            (it.id.get_identifier_name(), it.init.as_ref().and_then(required))
        {
            self.variables.push((name.to_string(), specifier.to_owned()));
        }
        walk::walk_variable_declarator(self, it);
    }

    fn visit_assignment_expression(&mut self, it: &AssignmentExpression<'a>) {
        match &it.left {
            AssignmentTarget::StaticMemberExpression(member) if is_module_exports(member) => {
                self.exports_assigned(&it.right);
            }
            AssignmentTarget::StaticMemberExpression(member) if is_exports(&member.object) => {
                self.name(&member.property.name);
            }
            AssignmentTarget::ComputedMemberExpression(member) if is_exports(&member.object) => {
                if let Expression::StringLiteral(name) = &member.expression {
                    self.name_in_literal(name);
                }
            }
            _ => {}
        }
        walk::walk_assignment_expression(self, it);
    }

    fn visit_call_expression(&mut self, it: &CallExpression<'a>) {
        let arguments = &it.arguments;
        match &it.callee {
            Expression::StaticMemberExpression(member)
                if member.property.name == "defineProperty"
                    && matches!(&member.object, Expression::Identifier(object) if object.name == "Object") =>
            {
                if let [first, Argument::StringLiteral(name), Argument::ObjectExpression(descriptor), ..] =
                    arguments.as_slice()
                    && first.as_expression().is_some_and(is_exports)
                    && defines(descriptor)
                {
                    self.name_in_literal(name);
                }
            }
            Expression::StaticMemberExpression(member) if member.property.name == "forEach" => {
                self.keys_copied(&member.object, arguments.first());
            }
            Expression::Identifier(callee) if callee.name == "__exportStar" || callee.name == "__export" => {
                if let Some(specifier) =
                    arguments.first().and_then(Argument::as_expression).and_then(required)
                {
                    self.reexport(specifier);
                }
            }
            // `tslib.__exportStar(require('x'), exports)`.
            Expression::StaticMemberExpression(member) if member.property.name == "__exportStar" => {
                if let Some(specifier) =
                    arguments.first().and_then(Argument::as_expression).and_then(required)
                {
                    self.reexport(specifier);
                }
            }
            _ => {}
        }
        walk::walk_call_expression(self, it);
    }
}

/// Whether a property descriptor is one that compilers write: `value`, or a getter that returns a name or a member of
/// one; only `enumerable: true` may stand before it.
fn defines(descriptor: &ObjectExpression) -> bool {
    let mut properties = descriptor.properties.iter().filter_map(|property| match property {
        ObjectPropertyKind::ObjectProperty(property) => Some(property),
        ObjectPropertyKind::SpreadProperty(_) => None,
    });
    let is = |property: &ObjectProperty, name: &str| property.key.is_specific_static_name(name);
    let is_true = |value: &Expression| matches!(value, Expression::BooleanLiteral(literal) if literal.value);
    let Some(mut property) = properties.next() else { return false };
    if is(property, "enumerable") && is_true(&property.value) {
        let Some(next) = properties.next() else { return false };
        property = next;
    }
    if is(property, "value") {
        return true;
    }
    let Expression::FunctionExpression(getter) = &property.value else { return false };
    let Some(body) = getter.body.as_ref().filter(|_| is(property, "get")) else { return false };
    let [Statement::ReturnStatement(returned)] = body.statements.as_slice() else { return false };
    match &returned.argument {
        Some(Expression::Identifier(_)) => true,
        Some(Expression::StaticMemberExpression(member)) => {
            matches!(member.object, Expression::Identifier(_))
        }
        Some(Expression::ComputedMemberExpression(member)) => {
            matches!(member.object, Expression::Identifier(_))
                && matches!(member.expression, Expression::StringLiteral(_))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(source: &str) -> (Vec<String>, Vec<String>) {
        let CjsExports { names, reexports } = cjs_exports(source);
        (names, reexports)
    }

    fn names(source: &str) -> Vec<String> {
        found(source).0
    }

    #[test]
    fn assigned_properties_are_names() {
        assert_eq!(
            names("exports.a = 1; module.exports.b = 2; exports['c d'] = 3; exports.a = 4"),
            ["a", "b", "c d"]
        );
        assert_eq!(names("if (x) { exports.inner = function () {} }"), ["inner"]);
    }

    #[test]
    fn halves_of_characters_are_no_names() {
        assert_eq!(names(r"exports['\u{D83C}'] = 1; exports['\u{D83C}\u{DF10}x'] = 2"), ["\u{1f310}x"]);
    }

    #[test]
    fn defined_properties_are_names() {
        assert_eq!(names("Object.defineProperty(exports, '__esModule', { value: true });"), ["__esModule"]);
        let getter = |body: &str| {
            names(&format!("Object.defineProperty(exports, 'x', {{ enumerable: true, {body} }});"))
        };
        assert_eq!(getter("get: function () { return m.y }"), ["x"]);
        assert_eq!(getter("get() { return m['y'] }"), ["x"]);
        assert_eq!(getter("get: function get() { return m }"), ["x"]);
        assert_eq!(getter("value: 1"), ["x"]);
        let none: [&str; 0] = [];
        assert_eq!(getter("get: () => m.y"), none);
        assert_eq!(getter("get() { return 1 }"), none);
        assert_eq!(getter("configurable: true, get() { return m }"), none);
    }

    #[test]
    fn an_object_literal_is_read_up_to_the_first_thing_that_is_not_plain() {
        assert_eq!(
            names("module.exports = { a, b: c, 'd': e, f: true, ...g, h() {}, i }"),
            ["a", "b", "d", "f", "h"]
        );
        assert_eq!(names("module.exports = { a, b: c.d, e }"), ["a", "b"]);
        assert_eq!(names("module.exports = { a, b: 1, c }"), ["a"]);
        assert_eq!(
            found("module.exports = { a: require('./x'), b }"),
            (vec!["a".into()], vec!["./x".into()])
        );
    }

    #[test]
    fn required_modules_are_exported_again() {
        assert_eq!(found("module.exports = require('./x')").1, ["./x"]);
        assert_eq!(found("module.exports = { ...require('./a'), b: 1 }"), (vec![], vec!["./a".into()]));
        assert_eq!(found("__exportStar(require('./y'), exports)").1, ["./y"]);
    }

    #[test]
    fn copied_keys_are_exported_again() {
        let (_, reexports) = found(
            "var _a = require('./a'); Object.keys(_a).forEach(function (key) { if (key === 'default') return; \
             exports[key] = _a[key]; }); Object.keys(_a).forEach(function (key) { exports[key] = 1; }); \
             var b = require('b'); Object.keys(c).forEach(function (k) { if (k !== \"default\") exports[k] = c[k]; });",
        );
        assert_eq!(reexports, ["./a"]);
    }

    #[test]
    fn broken_source_exports_nothing() {
        assert_eq!(cjs_exports("exports.a = ;").reexports, Vec::<String>::new());
    }
}
