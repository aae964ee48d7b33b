//! Replaces TypeScript's types by spaces, so that every line and column stays where it is
//! (<https://nodejs.org/api/typescript.html#type-stripping>).

use oxc_allocator::Allocator;
use oxc_ast::ast::*;
use oxc_ast_visit::{Visit, walk};
use oxc_parser::Parser;
use oxc_span::{GetSpan, SourceType, Span};

use super::snippet::Snippet;

/// Why types cannot be stripped.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StripError {
    /// The text is no TypeScript.
    #[error("{0}")]
    Syntax(String, Snippet),
    /// The text has syntax that needs more than stripping (enums, namespaces, parameter properties …).
    #[error("{0}")]
    Unsupported(String, Snippet),
}

/// The JavaScript that is left when types become spaces.
///
/// # Errors
/// On syntax errors, and on syntax that is not only types.
pub fn strip_types(source: &str, is_module: bool) -> Result<String, StripError> {
    let allocator = Allocator::default();
    let kind = SourceType::ts().with_module(is_module);
    let parsed = Parser::new(&allocator, source, kind).parse();
    if let Some(error) = parsed.diagnostics.iter().next() {
        let label = error.labels.iter().next();
        let start = label.map_or(0, |label| label.offset());
        let end = start + label.map_or(0, |label| label.len());
        return Err(StripError::Syntax(error.to_string(), Snippet::of(source, start as usize..end as usize)));
    }
    let mut stripper = Stripper { source, blanks: Vec::new(), unsupported: None };
    stripper.visit_program(&parsed.program);
    if let Some((message, span)) = stripper.unsupported {
        let snippet = Snippet::of(source, span.start as usize..span.end as usize);
        return Err(StripError::Unsupported(message.to_owned(), snippet));
    }
    Ok(stripper.finish())
}

/// A stretch of source to replace by spaces; `first` stands in place of its first character.
struct Blank {
    span: Span,
    first: char,
}

struct Stripper<'s> {
    source: &'s str,
    blanks: Vec<Blank>,
    unsupported: Option<(&'static str, Span)>,
}

impl Stripper<'_> {
    fn blank(&mut self, span: Span) {
        self.blanks.push(Blank { span, first: ' ' });
    }

    /// Blanks a whole statement. A `;` keeps the statements around it apart.
    fn blank_statement(&mut self, span: Span) {
        self.blanks.push(Blank { span, first: ';' });
    }

    fn refuse(&mut self, message: &'static str, span: Span) {
        self.unsupported.get_or_insert((message, span));
    }

    fn text(&self, start: u32, end: u32) -> &str {
        &self.source[start as usize..end as usize]
    }

    /// Blanks the first `word` between two positions.
    fn blank_word(&mut self, word: &str, start: u32, end: u32) {
        let text = self.text(start, end);
        let found = text.match_indices(word).find(|(index, _)| {
            let is_part = |character: Option<char>| {
                character.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '$')
            };
            let before = text[..*index].chars().next_back();
            let after = text[index + word.len()..].chars().next();
            let is_name = word.chars().all(char::is_alphanumeric);
            !is_name || (!is_part(before) && !is_part(after))
        });
        if let Some((index, _)) = found {
            let start = start + index as u32;
            self.blank(Span::new(start, start + word.len() as u32));
        }
    }

    /// Blanks modifiers that only types have, in front of a class member's key.
    fn blank_modifiers(&mut self, start: u32, key: u32) {
        for word in ["public", "private", "protected", "override", "readonly", "abstract", "declare"] {
            self.blank_word(word, start, key);
        }
    }

    /// Blanks the `?` or `!` between a key and what follows it.
    fn blank_mark(&mut self, mark: &str, start: u32, end: u32) {
        self.blank_word(mark, start, end);
    }

    /// Blanks an element of a list together with the comma behind it.
    fn blank_item(&mut self, span: Span, limit: u32) {
        let rest = self.text(span.end, limit);
        let comma = rest.find(',').filter(|&index| rest[..index].trim().is_empty());
        let end = comma.map_or(span.end, |index| span.end + index as u32 + 1);
        self.blank(Span::new(span.start, end));
    }

    fn finish(mut self) -> String {
        self.blanks.sort_by_key(|blank| (blank.span.start, std::cmp::Reverse(blank.span.end)));
        let mut out = String::with_capacity(self.source.len());
        let mut position = 0;
        for blank in &self.blanks {
            let (start, end) = (blank.span.start as usize, blank.span.end as usize);
            if end <= position {
                continue;
            }
            let from = start.max(position);
            out.push_str(&self.source[position..from]);
            let mut first = (start == from).then_some(blank.first);
            for character in self.source[from..end].chars() {
                match character {
                    '\n' | '\r' | '\u{2028}' | '\u{2029}' => out.push(character),
                    // Columns count UTF-16 units.
                    _ => {
                        out.push(first.take().unwrap_or(' '));
                        if character.len_utf16() == 2 {
                            out.push(' ');
                        }
                    }
                }
            }
            position = end;
        }
        out.push_str(&self.source[position..]);
        out
    }
}

/// What becomes of a declaration.
enum Verdict {
    /// It is JavaScript, perhaps with types in it.
    Runs,
    /// It vanishes.
    OnlyTypes,
    /// It is more than types.
    Refused(&'static str),
}

fn verdict(declaration: &Declaration) -> Verdict {
    let unless =
        |declared: bool, message| if declared { Verdict::OnlyTypes } else { Verdict::Refused(message) };
    let if_types = |only_types: bool| if only_types { Verdict::OnlyTypes } else { Verdict::Runs };
    match declaration {
        Declaration::TSInterfaceDeclaration(_)
        | Declaration::TSTypeAliasDeclaration(_)
        | Declaration::TSExternalModuleDeclaration(_)
        | Declaration::TSGlobalDeclaration(_) => Verdict::OnlyTypes,
        Declaration::TSNamespaceDeclaration(namespace) => {
            unless(namespace.declare, "TypeScript namespace declaration is not supported in strip-only mode")
        }
        Declaration::TSEnumDeclaration(declaration) => {
            unless(declaration.declare, "TypeScript enum is not supported in strip-only mode")
        }
        Declaration::TSImportEqualsDeclaration(import) => unless(
            import.import_kind.is_type(),
            "TypeScript import equals declaration is not supported in strip-only mode",
        ),
        Declaration::FunctionDeclaration(function) => if_types(function.declare || function.body.is_none()),
        Declaration::ClassDeclaration(class) => if_types(class.declare),
        Declaration::VariableDeclaration(variables) => if_types(variables.declare),
    }
}

impl<'a> Visit<'a> for Stripper<'_> {
    fn visit_statement(&mut self, it: &Statement<'a>) {
        let verdict = match it {
            Statement::ExportDeclaration(export) => verdict(&export.declaration),
            Statement::TSExportAssignment(_) => {
                Verdict::Refused("TypeScript export assignment is not supported in strip-only mode")
            }
            Statement::TSNamespaceExportDeclaration(_) => Verdict::OnlyTypes,
            other => other.as_declaration().map_or(Verdict::Runs, verdict),
        };
        match verdict {
            Verdict::Runs => walk::walk_statement(self, it),
            Verdict::OnlyTypes => self.blank_statement(it.span()),
            Verdict::Refused(message) => {
                let span = match it {
                    Statement::ExportDeclaration(export) => export.declaration.span(),
                    other => other.span(),
                };
                self.refuse(message, span);
            }
        }
    }

    fn visit_import_declaration(&mut self, it: &ImportDeclaration<'a>) {
        if it.import_kind.is_type() {
            self.blank_statement(it.span);
            return;
        }
        for specifier in it.specifiers.iter().flatten() {
            if let ImportDeclarationSpecifier::ImportSpecifier(specifier) = specifier
                && specifier.import_kind.is_type()
            {
                self.blank_item(specifier.span, it.source.span.start);
            }
        }
    }

    fn visit_export_named_declaration(&mut self, it: &ExportNamedDeclaration<'a>) {
        if it.export_kind.is_type() {
            self.blank_statement(it.span);
            return;
        }
        for specifier in &it.specifiers {
            if specifier.export_kind.is_type() {
                self.blank_item(specifier.span, it.span.end);
            }
        }
    }

    fn visit_export_from_declaration(&mut self, it: &ExportFromDeclaration<'a>) {
        if it.export_kind.is_type() {
            self.blank_statement(it.span);
            return;
        }
        for specifier in &it.specifiers {
            if specifier.export_kind.is_type() {
                self.blank_item(specifier.span, it.source.span.start);
            }
        }
    }

    fn visit_export_all_declaration(&mut self, it: &ExportAllDeclaration<'a>) {
        if it.export_kind.is_type() {
            self.blank_statement(it.span);
        }
    }

    fn visit_export_default_declaration(&mut self, it: &ExportDefaultDeclaration<'a>) {
        match &it.declaration {
            ExportDefaultDeclarationKind::TSInterfaceDeclaration(_) => self.blank_statement(it.span),
            ExportDefaultDeclarationKind::FunctionDeclaration(function) if function.body.is_none() => {
                self.blank_statement(it.span);
            }
            _ => walk::walk_export_default_declaration(self, it),
        }
    }

    fn visit_variable_declarator(&mut self, it: &VariableDeclarator<'a>) {
        if it.definite {
            let end = it.type_annotation.as_ref().map_or(it.span.end, |annotation| annotation.span.start);
            self.blank_mark("!", it.id.span().end, end);
        }
        walk::walk_variable_declarator(self, it);
    }

    fn visit_formal_parameter(&mut self, it: &FormalParameter<'a>) {
        if it.accessibility.is_some() || it.readonly || it.r#override {
            let end =
                it.type_annotation.as_ref().map_or(it.pattern.span().end, |annotation| annotation.span.end);
            let span = Span::new(it.pattern.span().start, end);
            self.refuse("TypeScript parameter property is not supported in strip-only mode", span);
        }
        if it.optional {
            let end = it.type_annotation.as_ref().map_or(it.span.end, |annotation| annotation.span.start);
            self.blank_mark("?", it.pattern.span().end, end);
        }
        walk::walk_formal_parameter(self, it);
    }

    fn visit_function(&mut self, it: &Function<'a>, flags: oxc_syntax::scope::ScopeFlags) {
        if let Some(this) = &it.this_param {
            self.blank_item(this.span, it.params.span.end);
        }
        walk::walk_function(self, it, flags);
    }

    fn visit_ts_this_parameter(&mut self, _it: &TSThisParameter<'a>) {}

    fn visit_class(&mut self, it: &Class<'a>) {
        if it.r#abstract {
            self.blank_word("abstract", it.span.start, it.body.span.start);
        }
        if let (Some(first), Some(last)) = (it.implements.first(), it.implements.last()) {
            let before = self.text(it.span.start, first.span().start);
            let keyword =
                before.rfind("implements").map_or(first.span().start, |index| it.span.start + index as u32);
            self.blank(Span::new(keyword, last.span().end));
        }
        walk::walk_class(self, it);
    }

    fn visit_class_element(&mut self, it: &ClassElement<'a>) {
        let key_and_kind = match it {
            ClassElement::TSIndexSignature(_) => None,
            ClassElement::MethodDefinition(method) => (method.value.body.is_some())
                .then(|| (method.key.span(), method.span, method.decorators.last().map(|d| d.span.end))),
            ClassElement::PropertyDefinition(property) => {
                let is_type = property.declare
                    || property.r#type == PropertyDefinitionType::TSAbstractPropertyDefinition;
                (!is_type).then(|| {
                    (property.key.span(), property.span, property.decorators.last().map(|d| d.span.end))
                })
            }
            ClassElement::AccessorProperty(property) => {
                let is_type = property.r#type == AccessorPropertyType::TSAbstractAccessorProperty;
                (!is_type).then(|| {
                    (property.key.span(), property.span, property.decorators.last().map(|d| d.span.end))
                })
            }
            ClassElement::StaticBlock(_) => return walk::walk_class_element(self, it),
        };
        let Some((key, span, decorators_end)) = key_and_kind else {
            self.blank_statement(it.span());
            return;
        };
        self.blank_modifiers(decorators_end.unwrap_or(span.start), key.start);
        match it {
            ClassElement::MethodDefinition(method) if method.optional => {
                self.blank_mark("?", key.end, method.value.span.start.max(key.end + 1));
            }
            ClassElement::PropertyDefinition(property) => {
                let end =
                    property.type_annotation.as_ref().map_or(span.end, |annotation| annotation.span.start);
                if property.optional {
                    self.blank_mark("?", key.end, end);
                }
                if property.definite {
                    self.blank_mark("!", key.end, end);
                }
            }
            _ => {}
        }
        walk::walk_class_element(self, it);
    }

    fn visit_ts_type_annotation(&mut self, it: &TSTypeAnnotation<'a>) {
        // In some places the span begins at the type rather than at its colon.
        let before = &self.source[..it.span.start as usize];
        let trimmed = before.trim_end();
        let start = if self.source[it.span.start as usize..].starts_with(':') || !trimmed.ends_with(':') {
            it.span.start
        } else {
            trimmed.len() as u32 - 1
        };
        self.blank(Span::new(start, it.span.end));
    }

    fn visit_ts_type_parameter_declaration(&mut self, it: &TSTypeParameterDeclaration<'a>) {
        self.blank(it.span);
    }

    fn visit_ts_type_parameter_instantiation(&mut self, it: &TSTypeParameterInstantiation<'a>) {
        self.blank(it.span);
    }

    fn visit_ts_as_expression(&mut self, it: &TSAsExpression<'a>) {
        self.blank(Span::new(it.expression.span().end, it.span.end));
        self.visit_expression(&it.expression);
    }

    fn visit_ts_satisfies_expression(&mut self, it: &TSSatisfiesExpression<'a>) {
        self.blank(Span::new(it.expression.span().end, it.span.end));
        self.visit_expression(&it.expression);
    }

    fn visit_ts_non_null_expression(&mut self, it: &TSNonNullExpression<'a>) {
        self.blank(Span::new(it.span.end - 1, it.span.end));
        self.visit_expression(&it.expression);
    }

    fn visit_ts_type_assertion(&mut self, it: &TSTypeAssertion<'a>) {
        self.refuse(
            "The angle-bracket syntax for type assertions, `<T>expr`, is not supported in type strip mode. \
                     Instead, use the 'as' syntax: `expr as T`.",
            it.span,
        );
        self.visit_expression(&it.expression);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn becomes(source: &str, expected: &str) {
        assert_eq!(strip_types(source, true).unwrap(), expected);
        assert_eq!(source.chars().count(), expected.chars().count());
    }

    #[test]
    fn annotations_become_spaces() {
        becomes("let a: number = 1;", "let a         = 1;");
        becomes(
            "function f<T>(x?: T, ...y: T[]): T | null { return x!; }",
            "function f   (x    , ...y     )           { return x ; }",
        );
        becomes(
            "const g = async <T,>(x: T): Promise<T> => x as T;",
            "const g = async     (x   )             => x     ;",
        );
        becomes("let z!: string;", "let z         ;");
    }

    #[test]
    fn declarations_of_types_vanish() {
        becomes("interface A { b: string }\nlet c = 1;", ";                        \nlet c = 1;");
        becomes("type T = 1;\nexport type { T };", ";          \n;                 ");
        becomes("declare const x: number;", ";                       ");
        becomes("import type { A } from 'a';", ";                          ");
        becomes("import { type A, b } from 'a';", "import {         b } from 'a';");
    }

    #[test]
    fn classes_keep_what_runs() {
        becomes(
            "abstract class A<T> extends B<T> implements C, D { private readonly x?: number = 1; abstract m(): void; }",
            "         class A    extends B                    {                  x          = 1; ;                   }",
        );
        becomes(
            "class A { [key: string]: any; static y: T; m?(): void {} }",
            "class A { ;                   static y   ; m ()       {} }",
        );
    }

    #[test]
    fn syntax_that_is_more_than_types_is_refused() {
        for source in [
            "enum A { B }",
            "namespace N { export const x = 1; }",
            "class A { constructor(private x) {} }",
            "let a = <any>b;",
        ] {
            assert!(matches!(strip_types(source, true), Err(StripError::Unsupported(..))), "{source}");
        }
        assert!(matches!(strip_types("let = ;", true), Err(StripError::Syntax(..))));
    }

    #[test]
    fn columns_stay_behind_wide_characters() {
        let stripped = strip_types("type 😀x = 1; let a = 1;", true);
        // Identifiers cannot hold emoji: this is a syntax error, not a panic.
        assert!(stripped.is_err());
        becomes("let s: 'ä' = 'ä';", "let s      = 'ä';");
    }
}
