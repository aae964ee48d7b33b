//! Whether text is one expression of JavaScript.

use oxc_allocator::Allocator;
use oxc_ast::ast::Statement;
use oxc_parser::Parser;
use oxc_span::SourceType;

/// Whether `text` can stand between parentheses, as a value, in a function that is no method, generator or async.
pub fn is_expression(text: &str) -> bool {
    let whole = format!("({text}\n)");
    let allocator = Allocator::default();
    let parsed = Parser::new(&allocator, &whole, SourceType::cjs()).parse();
    parsed.diagnostics.is_empty()
        && matches!(parsed.program.body.as_slice(), [Statement::ExpressionStatement(_)])
}

#[cfg(test)]
mod tests {
    use super::is_expression;

    #[test]
    fn expressions_are_told_from_statements() {
        for text in
            ["a > 2", "f(), false", "(() => { try { return 1 } finally {} })()", "x // why", "this.#a"]
        {
            assert!(is_expression(text), "{text}");
        }
        for text in ["", "let a = 1", "f(); false", "a)", "a\n)\n(b;", "if (a) b"] {
            assert!(!is_expression(text), "{text}");
        }
    }
}
