'use strict';

// Completions for the Tab key: commands, files and modules in `require` and `import`, properties, globals.

const fs = require('fs');
const path = require('path');

const CHAIN = /(?:[a-zA-Z_$](?:\w|\$)*\??\.)*[a-zA-Z_$](?:\w|\$)*\??\.?$/;
const REQUIRE = /\b(?:require|import)\s*\(\s*(['"`])((?:[\w@./:-]|\\ )*)$/;
const COMMAND = /^\s*\.(\w*)$/;
const SHOWN_MODULE = /^[^._]/;

const KEYWORDS = ['async', 'await', 'break', 'case', 'catch', 'const', 'continue', 'debugger', 'default', 'delete', 'do', 'else',
                  'export', 'false', 'finally', 'for', 'function', 'if', 'import', 'in', 'instanceof', 'let', 'new', 'null',
                  'return', 'switch', 'this', 'throw', 'true', 'try', 'typeof', 'var', 'void', 'while', 'with', 'yield'];

const isName = (name) => /^[a-zA-Z_$][\w$]*$/.test(name);

/** Names of the properties of each object on a chain of prototypes, the nearest first. */
function propertyGroups(value) {
  const groups = [];
  let object = Object(value);
  for (let depth = 0; object !== null && depth < 10; depth++) {
    groups.push(Object.getOwnPropertyNames(object).filter(isName));
    object = Object.getPrototypeOf(object);
  }
  return groups;
}

function filesOf(specifier) {
  const folder = specifier.endsWith('/') ? specifier : path.dirname(specifier);
  const start = specifier.endsWith('/') ? '' : path.basename(specifier);
  try {
    return fs.readdirSync(path.resolve(folder), { withFileTypes: true })
      .filter(({ name }) => name.startsWith(start) && !name.startsWith('.'))
      .map((entry) => (specifier.slice(0, specifier.length - start.length) +
        (entry.isDirectory() ? `${entry.name}/` : entry.name.replace(/\.(?:js|json|node)$/, ''))));
  } catch {
    return [];
  }
}

function modulesOf(specifier) {
  const { builtinModules } = require('internal/modules/builtin');
  const names = builtinModules.filter((id) => SHOWN_MODULE.test(id) && !id.startsWith('node:'));
  const found = [...names, ...names.map((id) => `node:${id}`)].filter((id) => id.startsWith(specifier));
  try {
    const folder = path.resolve('node_modules');
    found.push(...fs.readdirSync(folder).filter((name) => !name.startsWith('.') && name.startsWith(specifier)));
  } catch {
    // No packages here.
  }
  return found;
}

/** Names declared by `let`, `const` and `class` in what was typed so far. */
function declared(lines) {
  const names = [];
  for (const line of lines) {
    for (const [, name] of line.matchAll(/\b(?:let|const|class)\s+([a-zA-Z_$][\w$]*)/g)) names.push(name);
  }
  return names;
}

/** `[completions, what they complete]`. */
function complete(repl, line) {
  const command = COMMAND.exec(line);
  if (command !== null) {
    const names = Object.keys(repl.commands).filter((name) => name.startsWith(command[1]));
    return [names, command[1]];
  }
  const required = REQUIRE.exec(line);
  if (required !== null) {
    const specifier = required[2];
    const found = /^\.{0,2}\//.test(specifier) ? filesOf(specifier) : modulesOf(specifier);
    return [found.sort(), specifier];
  }
  const chain = CHAIN.exec(line);
  if (chain === null) return line.trim() === '' ? [joined(globals(repl), ''), ''] : [[], line];
  const text = chain[0];
  const dot = text.lastIndexOf('.');
  if (dot === -1) {
    const names = [...KEYWORDS, ...declared(repl.lines)];
    return [joined([...globals(repl), [...new Set(names)]], text), text];
  }
  const base = text.slice(0, dot).replace(/\?$/, '');
  const start = text.slice(dot + 1);
  let value;
  try {
    value = valueOf(repl, base);
  } catch {
    return [[], text];
  }
  if (value === undefined || value === null) return [[], text];
  const before = text.slice(0, dot + 1);
  const groups = propertyGroups(value).map((names) => names.filter((name) => name.startsWith(start)).map((name) => before + name));
  // What is inherited comes first, what is nearest last.
  return [joined(groups.reverse(), ''), text];
}

/** What a chain of names leads to. Getters are not called. */
function valueOf(repl, chain) {
  const [first, ...names] = chain.split(/\??\./);
  const vm = require('vm');
  let value = repl.useGlobal ? vm.runInThisContext(first) : vm.runInContext(first, repl.context);
  for (const name of names) {
    let owner = Object(value);
    let descriptor;
    while (owner !== null && (descriptor = Object.getOwnPropertyDescriptor(owner, name)) === undefined) {
      owner = Object.getPrototypeOf(owner);
    }
    value = descriptor?.value;
    if (value === undefined || value === null) return value;
  }
  return value;
}

function globals(repl) {
  return propertyGroups(repl.context).reverse();
}

/** Groups of names with an empty line between them, each name once. */
function joined(groups, start) {
  const seen = new Set();
  const all = [];
  for (const group of groups) {
    const fresh = [...new Set(group)].filter((name) => name.startsWith(start) && !seen.has(name)).sort();
    if (fresh.length === 0) continue;
    for (const name of fresh) seen.add(name);
    if (all.length > 0) all.push('');
    all.push(...fresh);
  }
  return all;
}

module.exports = { complete };
