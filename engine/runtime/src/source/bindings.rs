//! The variables of a script with the places where they are declared and used, and the names in an expression that mean
//! variables around it.

use std::collections::HashMap;

use oxc_allocator::Allocator;
use oxc_ast::AstKind;
use oxc_ast::ast::*;
use oxc_ast_visit::{Visit, walk};
use oxc_parser::{ParseOptions, Parser};
use oxc_span::{GetSpan as _, SourceType, Span};
use oxc_syntax::scope::{ScopeFlags, ScopeId};

/// A part of a script with variables of its own. Places are offsets in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// From where to where.
    pub span: (u32, u32),
    /// The part around it, by number.
    pub parent: Option<usize>,
    is_function: bool,
}

/// A variable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binding {
    /// Its name in the script.
    pub name: String,
    /// The part that it belongs to.
    pub part: usize,
    /// Where it is declared and used, the declaration first.
    pub places: Vec<u32>,
}

/// All variables of a script; parts come before those inside of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bindings {
    /// The parts.
    pub parts: Vec<Part>,
    /// The variables.
    pub all: Vec<Binding>,
}

impl Bindings {
    /// Those of a script; `None` when it cannot be read.
    pub fn of(source: &str, is_module: bool) -> Option<Self> {
        let kind = if is_module { SourceType::mjs() } else { SourceType::cjs() };
        Some(look(source, kind)?.0)
    }

    /// The number of the innermost part around a place.
    pub fn part_at(&self, place: u32) -> Option<usize> {
        self.parts.iter().rposition(|part| part.span.0 <= place && place < part.span.1)
    }
}

/// The expression with other names for variables around it. `None` when it cannot be read, or stays as it is.
pub fn with_names(expression: &str, names: &HashMap<String, String>) -> Option<String> {
    let kinds = [SourceType::script(), SourceType::mjs()];
    let uses = kinds.into_iter().find_map(|kind| Some(look(expression, kind)?.1))?;
    let mut changed = expression.to_owned();
    let mut is_changed = false;
    for Use { name, span, is_short } in uses.into_iter().rev() {
        let Some(new) = names.get(&name) else { continue };
        let text = if is_short { format!("{name}: {new}") } else { new.clone() };
        changed.replace_range(span.0 as usize..span.1 as usize, &text);
        is_changed = true;
    }
    is_changed.then_some(changed)
}

/// A name that means something around the text, in the order of the text.
struct Use {
    name: String,
    span: (u32, u32),
    /// It is also the name of a property: `{ name }`.
    is_short: bool,
}

fn look(source: &str, kind: SourceType) -> Option<(Bindings, Vec<Use>)> {
    let allocator = Allocator::default();
    let options = ParseOptions { allow_return_outside_function: true, ..ParseOptions::default() };
    let parsed = Parser::new(&allocator, source, kind).with_options(options).parse();
    if !parsed.diagnostics.is_empty() {
        return None;
    }
    let mut finder = Finder::default();
    finder.visit_program(&parsed.program);
    Some(finder.resolved())
}

#[derive(Default)]
struct Finder {
    found: Bindings,
    by_name: HashMap<(usize, String), usize>,
    /// The part that is looked at, and what was entered last.
    here: Option<usize>,
    entered: Span,
    /// Names that are declared belong to the function around: those of `var`.
    hoists: bool,
    /// The name of a function that its own part does not declare.
    passed: Option<u32>,
    /// Name, place, part, and whether it is a property's name, too.
    uses: Vec<(String, Span, usize, bool)>,
    is_short: bool,
}

impl Finder {
    fn enter(&mut self, span: Span, is_function: bool) {
        self.found.parts.push(Part { span: (span.start, span.end), parent: self.here, is_function });
        self.here = Some(self.found.parts.len() - 1);
    }

    fn leave(&mut self) {
        self.here = self.here.and_then(|here| self.found.parts[here].parent);
    }

    fn declare(&mut self, name: &str, place: u32) {
        let Some(mut part) = self.here else { return };
        while self.hoists && !self.found.parts[part].is_function {
            let Some(around) = self.found.parts[part].parent else { break };
            part = around;
        }
        let all = &mut self.found.all;
        let known = *self.by_name.entry((part, name.to_owned())).or_insert_with(|| {
            all.push(Binding { name: name.to_owned(), part, places: Vec::new() });
            all.len() - 1
        });
        all[known].places.push(place);
    }

    /// Looks at what declares nothing for the statement around it.
    fn apart(&mut self, look: impl FnOnce(&mut Self)) {
        let before = std::mem::take(&mut self.hoists);
        look(self);
        self.hoists = before;
    }

    /// Finds for each use what it means; what is left means something around.
    fn resolved(mut self) -> (Bindings, Vec<Use>) {
        let mut left = Vec::new();
        for (name, span, part, is_short) in std::mem::take(&mut self.uses) {
            let mut key = (part, name);
            let meant = loop {
                if let Some(known) = self.by_name.get(&key) {
                    break Some(*known);
                }
                match self.found.parts[key.0].parent {
                    Some(around) => key.0 = around,
                    None => break None,
                }
            };
            match meant {
                Some(meant) => self.found.all[meant].places.push(span.start),
                None => left.push(Use { name: key.1, span: (span.start, span.end), is_short }),
            }
        }
        left.sort_by_key(|one| one.span);
        (self.found, left)
    }
}

impl<'a> Visit<'a> for Finder {
    fn enter_node(&mut self, kind: AstKind<'a>) {
        self.entered = kind.span();
    }

    fn enter_scope(&mut self, flags: ScopeFlags, _id: &std::cell::Cell<Option<ScopeId>>) {
        self.enter(self.entered, flags.intersects(ScopeFlags::Function | ScopeFlags::Top));
    }

    fn leave_scope(&mut self) {
        self.leave();
    }

    fn visit_variable_declaration(&mut self, declaration: &VariableDeclaration<'a>) {
        let before = std::mem::replace(&mut self.hoists, declaration.kind == VariableDeclarationKind::Var);
        walk::walk_variable_declaration(self, declaration);
        self.hoists = before;
    }

    fn visit_expression(&mut self, expression: &Expression<'a>) {
        self.apart(|this| walk::walk_expression(this, expression));
    }

    fn visit_function(&mut self, function: &Function<'a>, flags: ScopeFlags) {
        self.apart(|this| {
            if let Some(name) = function.id.as_ref().filter(|_| function.is_declaration()) {
                this.declare(&name.name, name.span.start);
                this.passed = Some(name.span.start);
            }
            walk::walk_function(this, function, flags);
        });
    }

    fn visit_class(&mut self, class: &Class<'a>) {
        self.apart(|this| {
            if class.is_declaration() {
                return walk::walk_class(this, class);
            }
            this.enter(class.span, false);
            walk::walk_class(this, class);
            this.leave();
        });
    }

    fn visit_binding_identifier(&mut self, name: &BindingIdentifier<'a>) {
        if self.passed.take() != Some(name.span.start) {
            self.declare(&name.name, name.span.start);
        }
    }

    fn visit_identifier_reference(&mut self, name: &IdentifierReference<'a>) {
        let is_short = std::mem::take(&mut self.is_short);
        if let Some(here) = self.here {
            self.uses.push((name.name.to_string(), name.span, here, is_short));
        }
    }

    fn visit_object_property(&mut self, property: &ObjectProperty<'a>) {
        if property.shorthand {
            self.is_short = true;
            self.visit_expression(&property.value);
            self.is_short = false;
        } else {
            walk::walk_object_property(self, property);
        }
    }

    fn visit_assignment_target_property_identifier(
        &mut self,
        property: &AssignmentTargetPropertyIdentifier<'a>,
    ) {
        self.is_short = true;
        walk::walk_assignment_target_property_identifier(self, property);
        self.is_short = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bindings(source: &str) -> Vec<(String, (u32, u32), usize)> {
        let found = Bindings::of(source, false).expect("a script");
        let of = |one: &Binding| (one.name.clone(), found.parts[one.part].span, one.places.len());
        found.all.iter().map(of).collect()
    }

    #[test]
    fn each_variable_belongs_to_its_part() {
        let source = "function f(a) { if (a) { var b = a; let c = b } return x => x + b }";
        let end = u32::try_from(source.len()).unwrap();
        let arrow = u32::try_from(source.find("x =>").unwrap()).unwrap();
        let block = u32::try_from(source.find("{ var").unwrap()).unwrap();
        let block_end = u32::try_from(source.find(" return").unwrap()).unwrap();
        assert_eq!(
            bindings(source),
            [
                ("f".to_owned(), (0, end), 1),
                ("a".to_owned(), (0, end), 3),
                ("b".to_owned(), (0, end), 3),
                ("c".to_owned(), (block, block_end), 1),
                ("x".to_owned(), (arrow, end - 2), 2),
            ]
        );
    }

    #[test]
    fn names_of_functions_and_classes_in_expressions_are_their_own() {
        let parts = |source: &str| -> Vec<_> {
            let found = Bindings::of(source, false).expect("a script");
            found.all.iter().map(|one| (one.name.clone(), one.part)).collect()
        };
        let named = |name: &str, part| (name.to_owned(), part);
        assert_eq!(parts("const a = class b {}"), [named("a", 0), named("b", 1)]);
        assert_eq!(parts("const a = function b() {}"), [named("a", 0), named("b", 1)]);
        assert_eq!(parts("class b {}"), [named("b", 0)]);
    }

    #[test]
    fn expressions_get_the_names_of_the_script() {
        let names = HashMap::from([("total", "t"), ("item", "e")]);
        let names = names.into_iter().map(|(from, to)| (from.to_owned(), to.to_owned())).collect();
        let with = |text: &str| with_names(text, &names);
        assert_eq!(with("total + item.total").as_deref(), Some("t + e.total"));
        assert_eq!(with("({ total, item: total })").as_deref(), Some("({ total: t, item: t })"));
        assert_eq!(with("({ total } = item)").as_deref(), Some("({ total: t } = e)"));
        assert_eq!(with("list.map(item => item + total)").as_deref(), Some("list.map(item => item + t)"));
        assert_eq!(with("await total").as_deref(), Some("await t"));
        assert_eq!(with("`${total} \"total\"`").as_deref(), Some("`${t} \"total\"`"));
        assert_eq!(with("other"), None);
        assert_eq!(with("total +"), None);
    }
}
