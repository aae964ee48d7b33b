import { marked } from 'marked';

console.log(marked.parse('# Title *em*\n\n- a\n- [x] b\n  1. c\n\n> quote `code`\n\n| a | b |\n|:--|--:|\n| 1 | 2 |\n\n```js\nlet x = 1 < 2;\n```\n[link](http://x.y "t") <b>raw</b> ~~del~~'));
console.log(marked.lexer('a **b**')[0].tokens.map((token) => token.type));
