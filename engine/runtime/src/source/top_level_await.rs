//! Program text that waits at its top level, as a script that a REPL can run: an async function whose promise gives the
//! value of the last expression, in front of it the declarations that stay when it is over.

use oxc_allocator::Allocator;
use oxc_ast::ast::*;
use oxc_parser::Parser;
use oxc_span::{GetSpan, SourceType, Span};

const HEAD: &str = "(async () => { ";
const TAIL: &str = "\n})()";

/// What a text that uses `await` comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Waiting {
    /// The script.
    Script(String),
    /// There is more to come: the text ends in the middle of something.
    Incomplete,
    /// Nothing that `await` at the top level would mend.
    Other,
}

/// Rewrites `source`.
pub fn top_level_await(source: &str) -> Waiting {
    let text = format!("{HEAD}{source}{TAIL}");
    let allocator = Allocator::default();
    let parsed = Parser::new(&allocator, &text, SourceType::cjs()).parse();
    if let Some(error) = parsed.diagnostics.iter().next() {
        let end = (HEAD.len() + source.trim_end().len()) as u32;
        let is_behind = error.labels.iter().any(|label| label.offset() + label.len() > end);
        return if is_behind { Waiting::Incomplete } else { Waiting::Other };
    }
    let Some(body) = body(&parsed.program) else { return Waiting::Other };
    let mut edits = Edits { text: &text, names: Vec::new(), changes: Vec::new() };
    for (index, statement) in body.iter().enumerate() {
        edits.take(statement, index + 1 == body.len());
    }
    Waiting::Script(edits.finish())
}

/// The statements in the function around the text. More than that function means that the text ended it.
fn body<'a>(program: &'a Program<'a>) -> Option<&'a [Statement<'a>]> {
    let [Statement::ExpressionStatement(only)] = program.body.as_slice() else { return None };
    let Expression::CallExpression(call) = &only.expression else { return None };
    let Expression::ParenthesizedExpression(group) = &call.callee else { return None };
    let Expression::ArrowFunctionExpression(function) = &group.expression else { return None };
    let ArrowFunctionBody::FunctionBody(inner) = &function.body else { return None };
    Some(inner.statements.as_slice())
}

/// A declaration that outlives the function.
struct Name<'t> {
    kind: &'static str,
    text: &'t str,
}

struct Edits<'t> {
    text: &'t str,
    names: Vec<Name<'t>>,
    /// Stretches of the text and what stands there instead.
    changes: Vec<(Span, String)>,
}

impl<'t> Edits<'t> {
    fn of(&self, span: Span) -> &'t str {
        &self.text[span.start as usize..span.end as usize]
    }

    fn insert(&mut self, at: u32, words: String) {
        self.changes.push((Span::new(at, at), words));
    }

    fn take(&mut self, statement: &Statement, is_last: bool) {
        match statement {
            Statement::VariableDeclaration(declaration) if declaration.declare => {}
            Statement::VariableDeclaration(declaration) => self.take_variables(declaration),
            Statement::FunctionDeclaration(function) => {
                if let Some(id) = &function.id {
                    let name = self.of(id.span);
                    self.names.push(Name { kind: "var", text: name });
                    self.insert(function.span.start, format!("this.{name} = {name};"));
                }
            }
            Statement::ClassDeclaration(class) => {
                if let Some(id) = &class.id {
                    let name = self.of(id.span);
                    self.names.push(Name { kind: "let", text: name });
                    self.insert(class.span.start, format!("{name}="));
                }
            }
            Statement::ExpressionStatement(expression) if is_last => {
                let value = self.of(expression.expression.span());
                let whole = format!("return {{ value: ({value}) }}");
                self.changes.push((expression.span, whole));
            }
            _ => {}
        }
    }

    fn take_variables(&mut self, declaration: &VariableDeclaration) {
        let kind = if declaration.kind.is_var() { "var" } else { "let" };
        let mut parts = Vec::new();
        for one in &declaration.declarations {
            for id in one.id.get_binding_identifiers() {
                self.names.push(Name { kind, text: self.of(id.span) });
            }
            let pattern = self.of(one.id.span());
            let value = one.init.as_ref().map(|value| self.of(value.span()));
            match value {
                Some(value) => parts.push(format!("({pattern} = {value})")),
                // A variable without a value is undefined, but `var` leaves what is there.
                None if kind == "let" => parts.push(format!("({pattern} = undefined)")),
                None => {}
            }
        }
        let whole = if parts.is_empty() { ";".to_owned() } else { format!("void {};", parts.join(", ")) };
        self.changes.push((declaration.span, whole));
    }

    fn finish(mut self) -> String {
        self.changes.sort_by_key(|(span, _)| span.start);
        let mut script = String::new();
        for name in &self.names {
            script += &format!("{} {}; ", name.kind, name.text);
        }
        let mut position = 0;
        for (span, words) in &self.changes {
            script += &self.text[position..span.start as usize];
            script += words;
            position = span.end as usize;
        }
        script + &self.text[position..]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn script(source: &str) -> String {
        match top_level_await(source) {
            Waiting::Script(text) => text.replace(HEAD, "<").replace(TAIL, ">"),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn declarations_stay_and_the_last_value_is_returned() {
        assert_eq!(script("await 1"), "<return { value: (await 1) }>");
        assert_eq!(
            script("const a = await 1, {b} = c; a"),
            "let a; let b; <void (a = await 1), ({b} = c); return { value: (a) }>"
        );
        assert_eq!(script("var x; await x"), "var x; <; return { value: (await x) }>");
        assert_eq!(
            script("function f() {} await f()"),
            "var f; <this.f = f;function f() {} return { value: (await f()) }>"
        );
        assert_eq!(script("class A {} await 0;"), "let A; <A=class A {} return { value: (await 0) }>");
        assert_eq!(script("for await (const x of y) z"), "<for await (const x of y) z>");
    }

    #[test]
    fn texts_that_end_in_the_middle_and_wrong_ones() {
        assert_eq!(script("await foo("), "Incomplete");
        assert_eq!(script("if (await x) {"), "Incomplete");
        assert_eq!(script("await = = 2"), "Other");
        assert_eq!(script("}); (async () => {"), "Other");
    }
}
