'use strict';

// Results in the Test Anything Protocol, version 13 (https://testanything.org/tap-version-13-specification.html).

const { inspect } = require('util');

const STEP = '    ';
const ESCAPES = new Map([['\\', '\\\\'], ['#', '\\#'], ['\n', '\\\\n'], ['\t', '\\\\t'], ['\r', '\\\\r'],
                         ['\f', '\\\\f'], ['\b', '\\\\b'], ['\v', '\\\\v']]);
/** Properties of a failure that are written in a way of their own. */
const OWN_WAY = new Set(['cause', 'code', 'message', 'name', 'stack', 'expected', 'actual', 'operator', 'generatedMessage', 'diff']);

/** Text that keeps to one line and means itself. */
function escaped(text) {
  return String(text).replace(/[\\#\n\t\r\f\b\v]/g, (letter) => ESCAPES.get(letter));
}

async function* tap(source) {
  yield 'TAP version 13\n';
  for await (const { type, data } of source) {
    const indent = STEP.repeat(data.nesting ?? 0);
    switch (type) {
      case 'test:start':
        yield `${indent}# Subtest: ${escaped(data.name)}\n`;
        break;
      case 'test:pass':
      case 'test:fail':
        yield resultLine(indent, data, type === 'test:pass');
        yield details(indent, data);
        break;
      case 'test:plan':
        yield `${indent}1..${data.count}\n`;
        break;
      case 'test:diagnostic':
        yield `${indent}# ${escaped(data.message)}\n`;
        break;
      case 'test:coverage':
        for (const line of require('internal/test_runner/reporter/coverage_table').table(data.summary)) yield `${indent}# ${line}\n`;
        break;
      case 'test:stdout':
      case 'test:stderr':
        for (const line of data.message.split(/\n|\r\n/)) {
          if (line !== '') yield `${indent}# ${escaped(line)}\n`;
        }
        break;
      case 'test:interrupted':
        for (const { name } of data.tests) yield `# Interrupted while running: ${escaped(name)}\n`;
        break;
      default:
        break;
    }
  }
}

function resultLine(indent, { name, testNumber, skip, todo, expectFailure }, hasPassed) {
  let line = `${indent}${hasPassed ? 'ok' : 'not ok'} ${testNumber} - ${escaped(name)}`;
  const words = (value) => (typeof value === 'string' && value !== '' ? ` ${escaped(value)}` : '');
  if (skip !== undefined) line += ` # SKIP${words(skip)}`;
  else if (todo !== undefined) line += ` # ${'todo'.toUpperCase()}${words(todo)}`;
  else if (expectFailure !== undefined) line += ` # EXPECTED FAILURE${words(expectFailure)}`;
  return `${line}\n`;
}

/** The block of YAML below a result. */
function details(indent, { column, details: { duration_ms: duration, error, type }, file, line }) {
  const inner = `${indent}  `;
  let text = `${inner}---\n`;
  text += property(inner, 'duration_ms', duration);
  if (type !== undefined) text += property(inner, 'type', type);
  if (error !== undefined) {
    if (file !== undefined && line !== undefined) text += property(inner, 'location', `${file}:${line}:${column}`);
    text += failureText(inner, error);
  }
  return `${text}${inner}...\n`;
}

/** A failure: what the runner says of it, then what was thrown. */
function failureText(indent, error) {
  const { cause, code, failureType } = error;
  const isOurs = code === 'ERR_TEST_FAILURE' && failureType !== undefined;
  const isError = cause !== null && typeof cause === 'object' && typeof cause.stack === 'string';
  // A hook that took too long is better described by the runner.
  const isWrapped = isOurs && isError && !(cause.code === 'ERR_TEST_FAILURE' && cause.failureType !== undefined);
  const thrown = isWrapped ? cause : error;
  let text = '';
  for (const key of Object.keys(error)) {
    if (!OWN_WAY.has(key)) text += property(indent, key, error[key]);
  }
  text += property(indent, 'error', isWrapped ? messageOf(cause) : error.message);
  text += property(indent, 'code', thrown.code ?? code);
  if (isWrapped && thrown.name && thrown.name !== 'Error') text += property(indent, 'name', thrown.name);
  if ('expected' in thrown) text += property(indent, 'expected', thrown.expected);
  if ('actual' in thrown) text += property(indent, 'actual', thrown.actual);
  if (typeof thrown.operator === 'string') text += property(indent, 'operator', thrown.operator);
  const frames = framesOf(thrown.stack);
  if (frames.length === 0 && isError) frames.push(...framesOf(cause.stack));
  if (frames.length > 0) text += block(indent, 'stack', frames);
  return text;
}

function messageOf(cause) {
  return typeof cause.message === 'string' ? cause.message : inspect(cause);
}

/** Lines of a stack without what stands before them. */
function framesOf(stack) {
  if (typeof stack !== 'string') return [];
  return stack.split('\n').filter((line) => /^\s+at /.test(line)).map((line) => line.replace(/^\s+at /, ''));
}

function block(indent, name, lines) {
  return `${indent}${name}: |-\n${lines.map((line) => `${indent}  ${line}\n`).join('')}`;
}

/** One property, with what is in it. */
function property(indent, name, value, around = []) {
  if (value === null) return `${indent}${name}: ~\n`;
  switch (typeof value) {
    case 'undefined':
      return '';
    case 'string':
      if (value.includes('\n')) return block(indent, name, value.split('\n'));
      return `${indent}${name}: ${inspect(value)}\n`;
    case 'object':
      return objectProperty(indent, name, value, around);
    case 'symbol':
    case 'function':
      return `${indent}${name}: ${inspect(value)}\n`;
    default:
      return `${indent}${name}: ${value}\n`;
  }
}

function objectProperty(indent, name, value, around) {
  if (around.includes(value)) return `${indent}${name}: <Circular>\n`;
  if (value instanceof Date) return `${indent}${name}: ${inspect(value)}\n`;
  if (value instanceof RegExp || value instanceof Error) return `${indent}${name}: ${inspect(value)}\n`;
  const inside = Object.keys(value).map((key) => property(`${indent}  `, key, value[key], [...around, value])).join('');
  return `${indent}${name}:\n${inside}`;
}

module.exports = { tap };
