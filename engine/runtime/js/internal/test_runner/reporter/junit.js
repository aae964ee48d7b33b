'use strict';

// Results as jUnit's XML.

const { inspect } = require('util');
const { hostname } = require('os');

async function* junit(source) {
  yield '<?xml version="1.0" encoding="utf-8"?>\n';
  yield '<testsuites>\n';
  const roots = [];
  /** Elements of what is being told of, by nesting. */
  const open = [];
  for await (const { type, data } of source) {
    switch (type) {
      case 'test:start': {
        const element = { attributes: { name: data.name }, began: new Date(), children: [], tag: 'testcase' };
        open.length = data.nesting;
        (open.at(-1)?.children ?? roots).push(element);
        open.push(element);
        break;
      }
      case 'test:pass':
      case 'test:fail': {
        open.length = data.nesting + 1;
        const element = open.pop();
        if (element === undefined) break;
        fill(element, data);
        if (open.length === 0) {
          roots.length = 0;
          yield text(element, 1);
        }
        break;
      }
      case 'test:diagnostic': {
        const parent = data.nesting > 0 ? open[data.nesting - 1] : undefined;
        const comment = { comment: data.message };
        if (parent === undefined) yield text(comment, 1);
        else parent.children.push(comment);
        break;
      }
      default:
        break;
    }
  }
  yield '</testsuites>\n';
}

/** What became of a test, or of everything in a suite. */
function fill(element, data) {
  const { details: { duration_ms: duration, error, type }, classname, file, skip, todo } = data;
  const { attributes, children } = element;
  attributes.time = (duration / 1000).toFixed(6);
  const inside = children.filter(({ comment }) => comment === undefined);
  if (inside.length > 0 || type === 'suite') {
    element.tag = 'testsuite';
    Object.assign(attributes, {
      disabled: 0,
      errors: 0,
      tests: inside.length,
      failures: inside.filter(hasFailed).length,
      skipped: inside.filter(isSkipped).length,
      timestamp: element.began.toISOString(),
      hostname: hostname(),
    });
    return;
  }
  attributes.classname = classname ?? 'test';
  if (file !== undefined) attributes.file = file;
  if (skip !== undefined) children.push({ attributes: { type: 'skipped', message: skip }, children: [], tag: 'skipped' });
  if (todo !== undefined) children.push({ attributes: { type: 'todo', message: todo }, children: [], tag: 'skipped' });
  if (error === undefined) return;
  attributes.failure = error.message;
  children.push({
    attributes: { type: error.failureType, message: error.message.trimEnd() },
    body: inspect(error, { breakLength: Infinity }),
    children: [],
    tag: 'failure',
  });
}

function hasFailed({ attributes, children }) {
  return attributes.failures > 0 || children.some(({ tag }) => tag === 'failure');
}

function isSkipped({ children }) {
  return children.some(({ tag }) => tag === 'skipped');
}

function text(element, depth) {
  const indent = '\t'.repeat(depth);
  if (element.comment !== undefined) {
    return `${indent}<!-- ${String(element.comment).replaceAll('--', '&#45;&#45;')} -->\n`;
  }
  const { attributes, body, children, tag } = element;
  const head = Object.entries(attributes).map(([name, value]) => ` ${name}="${quoted(value)}"`).join('');
  if (children.length === 0 && body === undefined) return `${indent}<${tag}${head}/>\n`;
  const inside = body === undefined ? children.map((child) => text(child, depth + 1)).join('') : `${escaped(body)}\n`;
  return `${indent}<${tag}${head}>\n${inside}${indent}</${tag}>\n`;
}

function escaped(value) {
  return String(value).replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

function quoted(value) {
  return escaped(value).replaceAll('"', '&quot;').replaceAll('\n', '&#10;');
}

module.exports = { junit };
