//! The functions that a script has names for, and where their code begins.

use oxc_allocator::Allocator;
use oxc_ast::ast::*;
use oxc_ast_visit::{Visit, walk};
use oxc_parser::{ParseOptions, Parser};
use oxc_span::{GetSpan as _, SourceType};
use oxc_syntax::scope::ScopeFlags;

use super::source_map::At;

/// A function with a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedFunction {
    /// Its name: of itself, or of what it is the value of.
    pub name: String,
    /// The name of the class or variable in which it is a method; empty outside.
    pub owner: String,
    /// Where its code begins.
    pub body: At,
}

impl NamedFunction {
    /// Whether `wanted`, `name` or `Owner.name`, means it.
    pub fn is_meant_by(&self, wanted: &str) -> bool {
        match wanted.rsplit_once('.') {
            Some((owner, name)) => name == self.name && owner.rsplit('.').next() == Some(&*self.owner),
            None => wanted == self.name,
        }
    }
}

/// The functions of a script in the order of its text. Text with syntax errors has those up to there.
pub fn functions(source: &str, is_module: bool) -> Vec<NamedFunction> {
    let allocator = Allocator::default();
    let kind = if is_module { SourceType::mjs() } else { SourceType::cjs() };
    let options = ParseOptions { allow_return_outside_function: true, ..ParseOptions::default() };
    let parsed = Parser::new(&allocator, source, kind).with_options(options).parse();
    let mut finder = Finder { source, owners: Vec::new(), name: None, found: Vec::new() };
    finder.visit_program(&parsed.program);
    finder.found.sort_by_key(|found| found.body);
    finder.found
}

struct Finder<'s> {
    source: &'s str,
    /// Names of the classes and objects around.
    owners: Vec<String>,
    /// The name of what is looked at next.
    name: Option<String>,
    found: Vec<NamedFunction>,
}

impl Finder<'_> {
    fn add(&mut self, name: Option<String>, offset: u32) {
        let Some(name) = name else { return };
        let before = &self.source[..offset as usize];
        let start = before.rfind('\n').map_or(0, |end| end + 1);
        let body = At {
            line: u32::try_from(before.bytes().filter(|&byte| byte == b'\n').count()).unwrap_or(u32::MAX),
            column: u32::try_from(before[start..].encode_utf16().count()).unwrap_or(u32::MAX),
        };
        let owner = self.owners.last().cloned().unwrap_or_default();
        self.found.push(NamedFunction { name, owner, body });
    }

    /// Looks at a value under a name.
    fn named(&mut self, name: Option<String>, look: impl FnOnce(&mut Self)) {
        let before = std::mem::replace(&mut self.name, name);
        look(self);
        self.name = before;
    }

    /// Looks at what belongs to a class or object.
    fn owned(&mut self, owner: Option<String>, look: impl FnOnce(&mut Self)) {
        self.owners.push(owner.unwrap_or_default());
        self.named(None, look);
        self.owners.pop();
    }

    /// Looks at the inside of a function: what is there belongs to nobody.
    fn inside(&mut self, look: impl FnOnce(&mut Self)) {
        let before = std::mem::take(&mut self.owners);
        self.named(None, look);
        self.owners = before;
    }
}

fn is_function(value: &Expression) -> bool {
    matches!(
        value,
        Expression::FunctionExpression(_)
            | Expression::ArrowFunctionExpression(_)
            | Expression::ClassExpression(_)
            | Expression::ObjectExpression(_)
    )
}

impl<'a> Visit<'a> for Finder<'_> {
    fn visit_function(&mut self, function: &Function<'a>, flags: ScopeFlags) {
        let own = function.id.as_ref().map(|id| id.name.to_string());
        let name = self.name.take().or(own);
        if let Some(body) = &function.body {
            self.add(name, body.span.start + 1);
        }
        self.inside(|finder| walk::walk_function(finder, function, flags));
    }

    fn visit_arrow_function_expression(&mut self, arrow: &ArrowFunctionExpression<'a>) {
        let name = self.name.take();
        let start = arrow.body.span().start;
        let has_block = matches!(arrow.body, ArrowFunctionBody::FunctionBody(_));
        self.add(name, start + u32::from(has_block));
        self.inside(|finder| walk::walk_arrow_function_expression(finder, arrow));
    }

    fn visit_class(&mut self, class: &Class<'a>) {
        let own = class.id.as_ref().map(|id| id.name.to_string());
        let owner = self.name.take().or(own);
        self.owned(owner, |finder| walk::walk_class(finder, class));
    }

    fn visit_method_definition(&mut self, method: &MethodDefinition<'a>) {
        let name = method.key.name().map(|name| name.to_string());
        self.named(name, |finder| walk::walk_method_definition(finder, method));
    }

    fn visit_property_definition(&mut self, property: &PropertyDefinition<'a>) {
        let is_function = property.value.as_ref().is_some_and(is_function);
        let name = property.key.name().filter(|_| is_function).map(|name| name.to_string());
        self.named(name, |finder| walk::walk_property_definition(finder, property));
    }

    fn visit_object_expression(&mut self, object: &ObjectExpression<'a>) {
        let owner = self.name.take();
        self.owned(owner, |finder| walk::walk_object_expression(finder, object));
    }

    fn visit_object_property(&mut self, property: &ObjectProperty<'a>) {
        let name = property.key.static_name().filter(|_| is_function(&property.value));
        let name = name.map(|name| name.to_string());
        self.named(name, |finder| walk::walk_object_property(finder, property));
    }

    fn visit_variable_declarator(&mut self, variable: &VariableDeclarator<'a>) {
        let is_function = variable.init.as_ref().is_some_and(is_function);
        let name = variable.id.get_identifier_name().filter(|_| is_function).map(|name| name.to_string());
        self.named(name, |finder| walk::walk_variable_declarator(finder, variable));
    }

    fn visit_assignment_expression(&mut self, assignment: &AssignmentExpression<'a>) {
        let (owner, name) = match &assignment.left {
            AssignmentTarget::AssignmentTargetIdentifier(id) => (None, Some(id.name.to_string())),
            AssignmentTarget::StaticMemberExpression(member) => {
                let object = member.object.span().source_text(self.source).to_owned();
                // A method of `A.prototype` is one of `A`.
                let object = object.strip_suffix(".prototype").map(str::to_owned).unwrap_or(object);
                let object = object.rsplit('.').next().map(str::to_owned);
                (object, Some(member.property.name.to_string()))
            }
            _ => (None, None),
        };
        if !is_function(&assignment.right) {
            self.named(None, |finder| walk::walk_assignment_expression(finder, assignment));
            return;
        }
        self.owned(owner, |finder| {
            finder.named(name, |finder| finder.visit_expression(&assignment.right));
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(source: &str, wanted: &str) -> Vec<(u32, u32)> {
        let all = functions(source, false);
        let meant = all.iter().filter(|function| function.is_meant_by(wanted));
        meant.map(|function| (function.body.line, function.body.column)).collect()
    }

    #[test]
    fn functions_are_found_by_every_kind_of_name() {
        let source = "function a() { return b; }\nconst b = () => 1;\nlet c = async function x() {};\n\
                      class D { e() {} static f = () => { }; get g() { return 1; } }\n\
                      const h = { i() {}, j: function () {}, k: 1 };\nexports.l = function () {};\n\
                      D.prototype.m = function () { function n() {} };\nreturn a;";
        assert_eq!(found(source, "a"), [(0, 14)]);
        assert_eq!(found(source, "b"), [(1, 16)]);
        assert_eq!(found(source, "c"), [(2, 28)]);
        assert_eq!(found(source, "D.e"), [(3, 15)]);
        assert_eq!(found(source, "f"), found(source, "D.f"));
        assert_eq!(found(source, "f"), [(3, 35)]);
        assert_eq!(found(source, "g"), [(3, 48)]);
        assert_eq!(found(source, "h.i"), [(4, 17)]);
        assert_eq!(found(source, "j"), [(4, 36)]);
        assert_eq!(found(source, "k"), []);
        assert_eq!(found(source, "exports.l"), [(5, 25)]);
        assert_eq!(found(source, "D.m"), [(6, 29)]);
        assert_eq!(found(source, "n"), [(6, 44)]);
        assert_eq!(found(source, "D.n"), []);
    }
}
