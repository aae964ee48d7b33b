'use strict';
const { buildSchema, graphql, parse, print, validate } = require('graphql');

const schema = buildSchema('type Book { title: String! by: Author } type Author { name: String! books: [Book!]! } type Query { book(id: Int!): Book } type Mutation { rename(id: Int!, title: String!): Book }');
const author = { name: 'Ann', books: () => books };
const books = [{ title: 'One', by: author }, { title: 'Two', by: async () => author }];
const rootValue = {
  book: ({ id }) => { if (id > 1) throw new Error(`no book ${id}`); return books[id]; },
  rename: async ({ id, title }) => Object.assign(books[id], { title }),
};
(async () => {
  for (const source of ['{ book(id: 1) { title by { name books { title } } } }', '{ book(id: 7) { title } }', '{ bok }', 'mutation($t: String!) { rename(id: 0, title: $t) { title } }', '{ book(']) {
    const { data, errors } = await graphql({ schema, source, rootValue, variableValues: { t: 'Uno' } });
    console.log(JSON.stringify({ data, errors }));
  }
  console.log(print(parse('query  Q($a:Int=1){x:book(id:$a){...F}} fragment F on Book{title}')), validate(schema, parse('{ book }')).length);
})();
