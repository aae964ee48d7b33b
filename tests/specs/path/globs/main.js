// matchesGlob: braces, classes, groups, `**`, hidden files.
const { posix, win32 } = require('path');
const patterns = {
  '*.js': ['a.js', '.a.js', 'b/a.js', 'a.jsx'], 'a/**/c': ['a/c', 'a/b/c', 'a/b/b/c', 'a/.b/c', 'ac'], '**': ['a', 'a/b', '.a', 'a/.b'], 'a/**': ['a', 'a/', 'a/b/c'],
  '{a,b{c,d}}.x': ['a.x', 'bc.x', 'bd.x', 'b.x'], 'f{1..3}': ['f1', 'f3', 'f4'], 'f{01..10..3}': ['f01', 'f04', 'f5', 'f10'], '{c..a}': ['a', 'b', 'd'], '{a}': ['a', '{a}'],
  '[a-c]?': ['ax', 'a', 'dx'], '[!a-c]': ['d', 'a'], '[^x]*': ['ab', 'xb'], '[[:digit:]]*': ['1a', 'a1'], '[[:upper:]]': ['A', 'a'], '[]x]': [']', 'x', 'y'],
  '+(a|b)': ['a', 'abba', 'abc', ''], '!(a|b).js': ['c.js', 'a.js', '.js'], '?(x)y': ['y', 'xy', 'xxy'], '@(a|bc)': ['a', 'bc', 'b'], '*(ab)c': ['c', 'ababc', 'abac'],
  '.*': ['.a', 'a', '.', '..'], 'a/../b': ['b', 'a/b'], './a': ['a', './a'], '#a': ['#a'], '!a': ['!a', 'b'], 'a b': ['a b'], 'A': ['a'],
};
for (const [pattern, paths] of Object.entries(patterns)) console.log(pattern, paths.map((p) => [p, posix.matchesGlob(p, pattern), win32.matchesGlob(p, pattern)].join(' ')));
console.log(win32.matchesGlob('a\\b\\c', 'a/**'), win32.matchesGlob('a/b', 'a\\b'), posix.matchesGlob('a\\b', 'a/b'));
for (const f of [() => posix.matchesGlob(1, 'a'), () => posix.matchesGlob('a', null)]) try { f(); } catch (e) { console.log(e.code, e.message); }
