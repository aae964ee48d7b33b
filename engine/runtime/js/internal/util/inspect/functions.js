'use strict';

// Functions and classes as `util.inspect` shows them.

const { kinds } = require('internal/util/kinds');

const { toString } = Function.prototype;
const COMMENTS = /(?:\/\/[^\n]*\n)|(?:\/\*[\s\S]*?\*\/)/g;

/** Whether the source text is that of a class: not of a function, and not of a method that is called `class`. */
function isClassSource(source) {
  if (!source.startsWith('class') || !source.endsWith('}')) return false;
  const body = source.slice(5, -1);
  const brace = body.indexOf('{');
  if (brace === -1) return false;
  const head = body.slice(0, brace);
  return !head.includes('(') || /^\s+[^(]*?(?:\s|$)|^\s*$/.test(head.replace(COMMENTS, ''));
}

function describeClass(value, constructor, tag) {
  const name = (Object.hasOwn(value, 'name') && value.name) || '(anonymous)';
  let text = `class ${name}`;
  if (constructor !== 'Function' && constructor !== null) text += ` [${constructor}]`;
  if (tag !== '' && constructor !== tag) text += ` [${tag}]`;
  if (constructor === null) return `[${text} extends [null prototype]]`;
  const parent = Object.getPrototypeOf(value).name;
  return parent ? `[${text} extends ${parent}]` : `[${text}]`;
}

/** `[Function: f]`, `[AsyncFunction (anonymous)]`, `[class A extends B]`. */
function describeFunction(value, kind, constructor, tag) {
  if (isClassSource(toString.call(value))) return describeClass(value, constructor, tag);
  const bits = kind - kinds.FUNCTION;
  let type = 'Function';
  if (bits & kinds.GENERATING) type = `Generator${type}`;
  if (bits & kinds.ASYNC) type = `Async${type}`;
  let text = `[${type}`;
  if (constructor === null) text += ' (null prototype)';
  const { name } = value;
  text += name === '' ? ' (anonymous)' : `: ${typeof name === 'string' ? name : String(name)}`;
  text += ']';
  if (constructor !== type && constructor !== null) text += ` ${constructor}`;
  if (tag !== '' && constructor !== tag) text += ` [${tag}]`;
  return text;
}

module.exports = { describeFunction };
