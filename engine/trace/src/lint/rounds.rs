//! Whether the rounds of a loop that awaits could run together, as far as its text tells.
//!
//! This is no parser: it knows words, signs and which of them belong together. What it cannot tell counts as needing each other,
//! so that the rule stays silent.

use std::collections::HashSet;

/// A word or a sign of a script; comments, texts and regular expressions are left out.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Token<'a> {
    text: &'a str,
    is_word: bool,
    /// Whether it is the first one of its line.
    leads: bool,
}

/// Whether the await at a place, between the text before and behind it, is one of a loop whose rounds do not need the results of
/// those before: neither for what they await nor to know whether they go on.
pub fn are_independent(before: &str, behind: &str) -> bool {
    let mut tokens = read(before);
    let site = tokens.len();
    tokens.extend(read(behind));
    if let Some(first) = tokens.get_mut(site) {
        first.leads = false;
    }
    let Some(Body { head, range }) = body_around(&tokens, site) else { return false };
    let body = &tokens[range.clone()];
    // Who stops as soon as something was found looks at one after the other on purpose.
    if body.iter().any(|token| ["break", "return"].contains(&token.text)) {
        return false;
    }
    let awaited = names(&tokens[site..end_of_expression(&tokens, site)]);
    let known = tainted(body, site - range.start);
    let needs = |names: HashSet<&str>| names.iter().any(|name| known.contains(name));
    !needs(awaited) && !needs(names(head))
}

/// Splits a text; what is inside of templates counts, their words do not.
fn read(text: &str) -> Vec<Token<'_>> {
    let mut tokens: Vec<Token> = Vec::new();
    let (mut rest, mut leads) = (text, true);
    // How many braces are open in each substitution of a template around here.
    let mut templates: Vec<usize> = Vec::new();
    while let Some(letter) = rest.chars().next() {
        let after = &rest[letter.len_utf8()..];
        let length = if letter.is_whitespace() {
            leads |= letter == '\n';
            letter.len_utf8()
        } else if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |at| at + 2)
        } else if letter == '"' || letter == '\'' {
            1 + quoted(after, letter)
        } else if letter == '`' || letter == '}' && templates.last() == Some(&0) {
            if letter == '}' {
                templates.pop();
            }
            let (length, substitutes) = template(after);
            templates.extend(substitutes.then_some(0));
            1 + length
        } else if letter == '/' && tokens.last().is_none_or(begins_value) {
            1 + regex(after)
        } else {
            let is_word = is_part(letter);
            let length = if is_word {
                rest.find(|letter| !is_part(letter)).unwrap_or(rest.len())
            } else {
                letter.len_utf8()
            };
            match (letter, templates.last_mut()) {
                ('{', Some(open)) => *open += 1,
                ('}', Some(open)) => *open = open.saturating_sub(1),
                _ => {}
            }
            tokens.push(Token { text: &rest[..length], is_word, leads: std::mem::take(&mut leads) });
            length
        };
        rest = &rest[length..];
    }
    tokens
}

fn is_part(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_' || letter == '$' || letter == '#'
}

/// Whether a slash behind this begins a regular expression.
fn begins_value(token: &Token) -> bool {
    if token.is_word {
        ["return", "typeof", "case"].contains(&token.text)
    } else {
        ![")", "]", "}"].contains(&token.text)
    }
}

/// Bytes up to behind the closing quote.
fn quoted(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, letter) in text.char_indices() {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if letter == quote => return at + 1,
            '\n' => return at,
            _ => {}
        }
    }
    text.len()
}

/// Bytes up to behind the end of a regular expression.
fn regex(text: &str) -> usize {
    let (mut escaped, mut in_class) = (false, false);
    for (at, letter) in text.char_indices() {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '[' => in_class = true,
            ']' => in_class = false,
            '/' if !in_class => return at + 1,
            '\n' => return at,
            _ => {}
        }
    }
    text.len()
}

/// Bytes up to behind the end of a template, or up to behind the beginning of a substitution in it, and which of both.
fn template(text: &str) -> (usize, bool) {
    let mut escaped = false;
    for (at, letter) in text.char_indices() {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '`' => return (at + 1, false),
            '$' if text[at..].starts_with("${") => return (at + 2, true),
            _ => {}
        }
    }
    (text.len(), false)
}

/// What is open at a token.
#[derive(Debug, Clone, Copy)]
enum Open {
    /// A parenthesis or bracket: where it begins, and whether that is the head of a loop.
    Inside(usize, bool),
    /// The body of a loop: where its head begins and where the body does.
    Loop(usize, usize),
    /// One that is a single statement.
    Statement(usize, usize),
    /// The body of a function.
    Function,
    /// Any other braces.
    Block,
}

/// The body of a loop, and what is between the parentheses that say how long it goes on.
struct Body<'a, 'b> {
    head: &'b [Token<'a>],
    range: std::ops::Range<usize>,
}

/// The body of the loop around a token, if there is one in the same function.
fn body_around<'a, 'b>(tokens: &'b [Token<'a>], site: usize) -> Option<Body<'a, 'b>> {
    let text = |at: usize| tokens.get(at).map_or("", |token| token.text);
    let mut open: Vec<Open> = Vec::new();
    // The parentheses that were closed last: where they began, and whether they were the head of a loop.
    let mut closed = None;
    for at in 0..site {
        let before = |count: usize| at.checked_sub(count).map_or("", &text);
        match text(at) {
            "(" => {
                let word = if before(1) == "await" { before(2) } else { before(1) };
                open.push(Open::Inside(at, ["for", "while"].contains(&word)));
            }
            "[" => open.push(Open::Inside(at, false)),
            ")" | "]" => {
                if let Some(Open::Inside(from, is_head)) = open.pop() {
                    closed = Some((from, is_head));
                    if is_head && text(at + 1) != "{" {
                        open.push(Open::Statement(from, at + 1));
                    }
                }
            }
            "{" => open.push(match (before(1), closed) {
                (")", Some((from, true))) => Open::Loop(from, at),
                (")", Some((from, false))) => {
                    let word = from.checked_sub(1).map_or("", &text);
                    let is_block = ["if", "switch", "catch", "with"].contains(&word);
                    if is_block { Open::Block } else { Open::Function }
                }
                ("do", _) => Open::Loop(at, at),
                (">", _) if before(2) == "=" => Open::Function,
                _ => Open::Block,
            }),
            "}" => {
                while matches!(open.pop(), Some(Open::Statement(..))) {}
                while matches!(open.last(), Some(Open::Statement(..))) {
                    open.pop();
                }
            }
            ";" => {
                while matches!(open.last(), Some(Open::Statement(..))) {
                    open.pop();
                }
            }
            _ => {}
        }
    }
    for scope in open.into_iter().rev() {
        match scope {
            // What is awaited in the head of a loop decides how it goes on.
            Open::Inside(_, true) | Open::Function => return None,
            Open::Inside(..) | Open::Block => {}
            Open::Statement(head, from) => {
                let to = end_of_expression(tokens, from.max(site));
                return Some(Body { head: &tokens[head..from], range: from..to.max(site) });
            }
            Open::Loop(head, from) => {
                let to = closing(tokens, from);
                if head < from {
                    return Some(Body { head: &tokens[head..from], range: from + 1..to });
                }
                // `do … while (…)`
                let end = closing(tokens, (to + 2).min(tokens.len()));
                return Some(Body { head: &tokens[to.min(end)..end], range: from + 1..to });
            }
        }
    }
    None
}

/// Which token closes what the one at `from` opens.
fn closing(tokens: &[Token], from: usize) -> usize {
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate().skip(from) {
        match token.text {
            "(" | "[" | "{" => depth += 1,
            ")" | "]" | "}" => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return at;
                }
            }
            _ => {}
        }
    }
    tokens.len()
}

/// Behind the last token of the expression that begins here.
fn end_of_expression(tokens: &[Token], from: usize) -> usize {
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate().skip(from) {
        match token.text {
            "(" | "[" | "{" => depth += 1,
            ")" | "]" | "}" if depth == 0 => return at,
            ")" | "]" | "}" => depth -= 1,
            ";" | "," if depth == 0 => return at,
            _ if depth == 0 && at > from && token.leads && token.is_word => return at,
            _ => {}
        }
    }
    tokens.len()
}

/// Names of values, not of their properties.
fn names<'a>(tokens: &[Token<'a>]) -> HashSet<&'a str> {
    let is_dot = |at: Option<usize>| at.is_some_and(|at| tokens[at].text == ".");
    // Three dots spread what follows.
    let is_property = |at: usize| is_dot(at.checked_sub(1)) && !is_dot(at.checked_sub(2));
    let is_name = |at: usize| tokens[at].is_word && !is_property(at);
    (0..tokens.len()).filter(|&at| is_name(at)).map(|at| tokens[at].text).collect()
}

/// Names in the body of a loop whose values come from what is awaited at `site`, directly or over other names.
fn tainted<'a>(body: &[Token<'a>], site: usize) -> HashSet<&'a str> {
    let mut known = HashSet::new();
    let statements = statements(body);
    loop {
        let before = known.len();
        for range in &statements {
            taint(&body[range.clone()], site.checked_sub(range.start), &mut known);
        }
        if known.len() == before {
            return known;
        }
    }
}

/// Statements, as ranges of tokens.
fn statements(body: &[Token]) -> Vec<std::ops::Range<usize>> {
    let (mut found, mut from, mut depth) = (Vec::new(), 0, 0_usize);
    let mut ends = |from: &mut usize, at: usize| {
        if *from < at {
            found.push(*from..at);
        }
        *from = at;
    };
    for (at, token) in body.iter().enumerate() {
        let before = at.checked_sub(1).map_or("", |at| body[at].text);
        let is_value = depth > 0 || ["const", "let", "var", "=", ":", ","].contains(&before);
        match token.text {
            "(" | "[" => depth += 1,
            "{" if is_value => depth += 1,
            ")" | "]" | "}" if depth > 0 => depth -= 1,
            "{" | "}" | ";" => {
                ends(&mut from, at);
                from = at + 1;
            }
            _ if depth == 0 && token.leads && token.is_word => ends(&mut from, at),
            _ => {}
        }
    }
    ends(&mut from, body.len());
    found
}

/// Adds the names that a statement gives a value that comes from what is known, or from the token at `site`.
fn taint<'a>(statement: &[Token<'a>], site: Option<usize>, known: &mut HashSet<&'a str>) {
    let site = site.filter(|site| *site < statement.len());
    let is_known =
        |part: &[Token<'a>], known: &HashSet<&str>| names(part).iter().any(|name| known.contains(name));
    let sign = |at: usize| statement.get(at).map_or("", |token| token.text);
    let assigns = |at: &usize| {
        let is_other =
            ["=", ">"].contains(&sign(at + 1)) || *at > 0 && ["=", "!", "<", ">"].contains(&sign(at - 1));
        sign(*at) == "=" && !is_other
    };
    let Some(equals) = (0..statement.len()).find(assigns) else {
        // What is handed to a method may be kept by the object.
        if site.is_some() || is_known(statement, known) {
            let until = site.unwrap_or(statement.len());
            let objects = (0..until).filter(|&at| statement[at].is_word && sign(at + 1) == ".");
            known.extend(objects.filter(|&at| at == 0 || sign(at - 1) != ".").map(|at| statement[at].text));
        }
        return;
    };
    let (target, value) = statement.split_at(equals);
    if site.is_none_or(|site| site < equals) && !is_known(value, known) {
        return;
    }
    let is_declaration = target.first().is_some_and(|first| ["const", "let", "var"].contains(&first.text));
    let target = &target[usize::from(is_declaration)..];
    if target.first().is_some_and(|first| first.is_word) {
        known.extend(target.first().map(|first| first.text));
    } else {
        known.extend(names(target));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The place of the await is behind the word.
    fn independent(text: &str) -> bool {
        let at = text.find("await ").unwrap() + "await ".len();
        are_independent(&text[..at], &text[at..])
    }

    #[test]
    fn rounds_that_do_not_need_each_other_are_told() {
        for text in [
            "for (const file of files) { await readFile(file); }",
            "for (const file of files) await readFile(file);",
            "for (let i = 0; i < 5; i++) {\n  out[i] = await readFile(join(dir, `${i}.txt`))\n  console.log(out[i])\n}",
            "async function main() { let i = 0; while (i < files.length) { const text = await fs.readFile(files[i]); i += 1; all.push(text.length); } }",
            "for (const { name } of list) { const path = join(root, name); try { const [a, b] = [await stat(path), 1]; sizes[name] = a.size; } catch (e) { /* } */ } }",
            "do { total += (await stat(names.pop())).size; } while (names.length)",
        ] {
            assert!(independent(text), "{text}");
        }
    }

    #[test]
    fn rounds_that_need_each_other_are_not() {
        for text in [
            // A list whose links are in the files.
            "while (at) { at = await readFile(join(dir, at), 'utf8'); n++; }",
            "let file = first; for (;;) {\n  const text = await readFile(file)\n  file = next(text)\n}",
            // More is found on the way.
            "while (queue.length) { const dir = queue.shift(); const found = await readdir(dir); queue.push(...found); }",
            "while (queue.length) { const dir = queue.shift(); for (const one of await readdir(dir)) queue.push(one); }",
            // The first one that is there.
            "for (const path of paths) { try { return await readFile(path); } catch {} }",
            "for (const path of paths) { if (await exists(path)) { found = path; break; } }",
            "let more = true; while (more) { more = await fill(i++); }",
            "do { left = await fill(i++); } while (left > 0)",
            // Not a loop, but a function that calls itself.
            "async function walk(dir) { for (const one of await readdir(dir)) if (one.isDirectory()) await walk(one); }",
            "async function derive(key) { key = await pbkdf2(key, salt); return derive(key); }",
            "for (let i = 0; i < 9; i++) key = await pbkdf2(key, salt)",
            "for (const one of all) { one.on('end', async () => { await readFile(one); }); }",
        ] {
            assert!(!independent(text), "{text}");
        }
    }
}
