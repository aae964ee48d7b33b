'use strict';

// Coverage of files that were made from others is told of those with --enable-source-maps. The files are what a compiler
// made of two of TypeScript.
const { spawnSync } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');

const files = {
  'src/m.ts': [
    'interface A {',
    '  x: number;',
    '}',
    '',
    '// a comment that goes away',
    '',
    'export enum Kind { One, Two }',
    '',
    'export function f(a: A): number {',
    '  if (a.x > 1) {',
    '    return Kind.One;',
    '  }',
    '',
    '  return Kind.Two;',
    '}',
    '',
    'export function never(): void {',
    '  console.log(\'never\');',
    '}',
    '',
  ],
  'src/m.test.ts': [
    'import { test } from \'node:test\';',
    'import { f } from \'./m\';',
    '',
    'type Unused = { a: string };',
    '',
    '// c',
    'test(\'x\', () => {',
    '  f({ x: 2 });',
    '});',
    '',
  ],
  'dist/m.js': [
    '"use strict";',
    'Object.defineProperty(exports, "__esModule", { value: true });',
    'exports.Kind = void 0;',
    'exports.f = f;',
    'exports.never = never;',
    'var Kind;',
    '(function (Kind) {',
    '    Kind[Kind["One"] = 0] = "One";',
    '    Kind[Kind["Two"] = 1] = "Two";',
    '})(Kind || (exports.Kind = Kind = {}));',
    'function f(a) {',
    '    if (a.x > 1) {',
    '        return Kind.One;',
    '    }',
    '    return Kind.Two;',
    '}',
    'function never() {',
    '    console.log(\'never\');',
    '}',
    '//# sourceMappingURL=m.js.map',
  ],
  'dist/m.js.map': [
    '{"version":3,"file":"m.js","sourceRoot":"","sources":["../src/m.ts"],"names":[],"mappings":";;;AAQA,cAMC;AAED,sBAEC;AAZD,IAAY,IAAiB;AAA7B,WAAY,IAAI;IAAG,6BAAG,CAAA;IAAE,6BAAG,CAAA;AAAC,CAAC,EAAjB,IAAI,oBAAJ,IAAI,QAAa;AAE7B,SAAgB,CAAC,CAAC,CAAI;IACpB,IAAI,CAAC,CAAC,CAAC,GAAG,CAAC,EAAE,CAAC;QACZ,OAAO,IAAI,CAAC,GAAG,CAAC;IAClB,CAAC;IAED,OAAO,IAAI,CAAC,GAAG,CAAC;AAClB,CAAC;AAED,SAAgB,KAAK;IACnB,OAAO,CAAC,GAAG,CAAC,OAAO,CAAC,CAAC;AACvB,CAAC"}',
  ],
  'dist/m.test.js': [
    '"use strict";',
    'Object.defineProperty(exports, "__esModule", { value: true });',
    'const node_test_1 = require("node:test");',
    'const m_1 = require("./m");',
    '(0, node_test_1.test)(\'x\', () => {',
    '    (0, m_1.f)({ x: 2 });',
    '});',
    '//# sourceMappingURL=m.test.js.map',
  ],
  'dist/m.test.js.map': [
    '{"version":3,"file":"m.test.js","sourceRoot":"","sources":["../src/m.test.ts"],"names":[],"mappings":";;AAAA,yCAAiC;AACjC,2BAAwB;AAKxB,IAAA,gBAAI,EAAC,GAAG,EAAE,GAAG,EAAE;IACb,IAAA,KAAC,EAAC,EAAE,CAAC,EAAE,CAAC,EAAE,CAAC,CAAC;AACd,CAAC,CAAC,CAAC"}',
  ],
};
const dir = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'coverage-')));
for (const [name, lines] of Object.entries(files)) {
  fs.mkdirSync(path.dirname(path.join(dir, name)), { recursive: true });
  fs.writeFileSync(path.join(dir, name), lines.join('\n'));
}
for (const options of [[], ['--enable-source-maps'], ['--enable-source-maps', '--test-coverage-exclude=src/**'],
                       ['--enable-source-maps', '--test-reporter=lcov']]) {
  const { status, stdout } = spawnSync(process.execPath,
    ['--test', '--experimental-test-coverage', ...options, 'dist/m.test.js'], { cwd: dir, encoding: 'utf8' });
  const from = stdout.indexOf(options.includes('--test-reporter=lcov') ? 'TN:' : 'ℹ start of coverage');
  console.log(options, status);
  console.log(stdout.slice(from).trim());
}
fs.rmSync(dir, { recursive: true });
