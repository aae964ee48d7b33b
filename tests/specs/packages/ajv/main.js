'use strict';
const Ajv = require('ajv');

const ajv = new Ajv({ allErrors: true });
const validate = ajv.compile({
  type: 'object', required: ['id', 'tags'], additionalProperties: false,
  properties: { id: { type: 'integer', minimum: 1 }, tags: { type: 'array', items: { enum: ['a', 'b'] }, uniqueItems: true }, next: { $ref: '#' } },
});
for (const data of [{ id: 1, tags: ['a'] }, { id: 0, tags: ['a', 'a', 'c'], more: 1 }, { id: 1, tags: [], next: { id: 'x' } }]) {
  console.log(validate(data), ajv.errorsText(validate.errors, { separator: ' | ' }));
}
