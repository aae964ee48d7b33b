'use strict';
const Handlebars = require('handlebars');

Handlebars.registerHelper('loud', (text) => new Handlebars.SafeString(`<b>${text.toUpperCase()}</b>`));
Handlebars.registerPartial('item', '<li>{{@index}} {{name}}</li>');
const template = Handlebars.compile('{{#if items}}<ul>{{#each items}}{{> item}}{{else}}none{{/each}}</ul>{{/if}}{{loud title}} {{raw}} {{{raw}}} {{deep.a.[0]}}');
console.log(template({ items: [{ name: 'a' }, { name: '<b>' }], title: 'hi', raw: '<&>', deep: { a: ['z'] } }));
try {
  Handlebars.compile('{{#if}}')({});
} catch (error) {
  console.log(error.message.split('\n')[0]);
}
