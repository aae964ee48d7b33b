'use strict';
const { ESLint, Linter } = require('eslint');

const rules = { 'no-unused-vars': 'error', 'prefer-const': 'warn', eqeqeq: 'error', 'no-undef': 'error' };
(async () => {
  const eslint = new ESLint({ overrideConfigFile: true, fix: true, overrideConfig: { rules, languageOptions: { sourceType: 'commonjs' } } });
  const [result] = await eslint.lintText('let a = 1;\nif (a == 2) missing();\nfunction unused() {}\n', { filePath: 'x.js' });
  for (const { ruleId, line, column, message } of result.messages) console.log(`${line}:${column} ${ruleId}: ${message}`);
  console.log(result.output);
  console.log(new Linter().verify('var x = ;', {})[0].message);
})();
