//! Names that a piece of a script declares for itself.

use oxc_allocator::Allocator;
use oxc_ast::ast::*;
use oxc_ast_visit::{Visit, walk};
use oxc_parser::Parser;
use oxc_span::SourceType;

/// The names that `let`, `const` and `class` declare at the top of a script, in order; `None` when it cannot be read.
pub fn declared(text: &str) -> Option<Vec<String>> {
    let allocator = Allocator::default();
    let parsed = Parser::new(&allocator, text, SourceType::script()).parse();
    if !parsed.diagnostics.is_empty() {
        return None;
    }
    let mut names = Names::default();
    for statement in &parsed.program.body {
        match statement {
            Statement::VariableDeclaration(declaration)
                if declaration.kind != VariableDeclarationKind::Var =>
            {
                for one in &declaration.declarations {
                    names.visit_binding_pattern(&one.id);
                }
            }
            Statement::ClassDeclaration(class) => {
                names.0.extend(class.id.as_ref().map(|name| name.name.to_string()));
            }
            _ => {}
        }
    }
    Some(names.0)
}

/// Collects the names of a pattern.
#[derive(Default)]
struct Names(Vec<String>);

impl<'a> Visit<'a> for Names {
    fn visit_binding_identifier(&mut self, name: &BindingIdentifier<'a>) {
        self.0.push(name.name.to_string());
    }

    fn visit_expression(&mut self, _expression: &Expression<'a>) {
        // A default value or a computed key declares nothing here.
    }

    fn visit_binding_pattern(&mut self, pattern: &BindingPattern<'a>) {
        walk::walk_binding_pattern(self, pattern);
    }
}

#[cfg(test)]
mod tests {
    use super::declared;

    #[test]
    fn names_at_the_top_are_found() {
        let found = |text: &str| declared(text).map(|names| names.join(" "));
        assert_eq!(
            found("let x = 1, y; const z = (() => { let inner = 1; return inner })()").as_deref(),
            Some("x y z")
        );
        assert_eq!(found("const { a, b: [c, ...d], e = (f) => f } = g").as_deref(), Some("a c d e"));
        assert_eq!(found("class K {}\nvar v = 1; function h() {} { let deeper }").as_deref(), Some("K"));
        assert_eq!(found("x + 1").as_deref(), Some(""));
        assert_eq!(found("let = ; }"), None);
    }
}
