'use strict';
// The compiler as a library: types are checked, code is emitted, a program of two files in memory.
const ts = require('typescript');

const files = {
  '/a.ts': 'export interface P { x: number }\nexport enum E { A = 1, B }\nexport const p = (v: P): string => v.x;\n',
  '/b.ts': 'import { p, E } from "./a";\nclass C { constructor(private n = E.B) {} @d m() {} }\nfunction d(..._: unknown[]) {}\nconsole.log(p({ x: 1 }), new C());\n',
};
console.log(ts.transpileModule(files['/b.ts'], { compilerOptions: { target: 'es2020', module: 'commonjs', experimentalDecorators: true } }).outputText);
const options = { strict: true, noLib: true, module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler };
const host = {
  getSourceFile: (name, version) => files[name] === undefined ? undefined : ts.createSourceFile(name, files[name], version),
  getDefaultLibFileName: () => '/lib.d.ts', writeFile: () => {}, getCurrentDirectory: () => '/', getCanonicalFileName: (name) => name,
  useCaseSensitiveFileNames: () => true, getNewLine: () => '\n', fileExists: (name) => name in files, readFile: (name) => files[name],
};
const program = ts.createProgram(['/b.ts'], options, host);
for (const found of program.getSemanticDiagnostics()) {
  const line = found.file?.getLineAndCharacterOfPosition(found.start).line;
  console.log(found.file?.fileName, line, found.code, ts.flattenDiagnosticMessageText(found.messageText, ' '));
}
