//! The names that a CommonJS module exports, as far as its source shows them: what
//! `import { name } from './commonjs.cjs'` can find (<https://nodejs.org/api/esm.html#commonjs-namespaces>).

use oxc_allocator::Allocator;
use oxc_ast::ast::*;
use oxc_ast_visit::{Visit, walk};
use oxc_parser::Parser;
use oxc_span::SourceType;

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
    let mut finder = Finder::default();
    finder.visit_program(&parsed.program);
    finder.found
}

#[derive(Default)]
struct Finder {
    found: CjsExports,
}

impl Finder {
    fn name(&mut self, name: &str) {
        if !self.found.names.iter().any(|known| known == name) {
            self.found.names.push(name.to_owned());
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

    /// `{ a, b: value, 'c': value, ...require('d') }`: reading stops at what is not plain.
    fn object(&mut self, object: &ObjectExpression) {
        for property in &object.properties {
            match property {
                ObjectPropertyKind::ObjectProperty(property) if !property.computed => {
                    let Some(name) = property.key.static_name() else { return };
                    let is_plain = property.shorthand
                        || property.method
                        || property.key.is_specific_string_literal(&name)
                        || matches!(property.key, PropertyKey::StaticIdentifier(_));
                    if !is_plain {
                        return;
                    }
                    self.name(&name);
                }
                ObjectPropertyKind::SpreadProperty(spread) => match required(&spread.argument) {
                    Some(specifier) => self.reexport(specifier),
                    None => return,
                },
                ObjectPropertyKind::ObjectProperty(_) => return,
            }
        }
    }
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

impl<'a> Visit<'a> for Finder {
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
                    self.name(&name.value);
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
                    self.name(&name.value);
                }
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
        assert_eq!(names("module.exports = { a, b: c, 'd': 1, e() {}, [f]: 1, g }"), ["a", "b", "d", "e"]);
    }

    #[test]
    fn required_modules_are_exported_again() {
        assert_eq!(found("module.exports = require('./x')").1, ["./x"]);
        assert_eq!(found("module.exports = { ...require('./a'), b: 1 }").1, ["./a"]);
        assert_eq!(found("__exportStar(require('./y'), exports)").1, ["./y"]);
    }

    #[test]
    fn broken_source_exports_nothing() {
        assert_eq!(cjs_exports("exports.a = ;").reexports, Vec::<String>::new());
    }
}
