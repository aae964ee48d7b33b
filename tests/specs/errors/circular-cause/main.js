// Causes that lead back, in an uncaught error and inspected.
const { inspect } = require('util');
const withoutStack = (error) => Object.defineProperty(error, 'stack', { value: String(error), configurable: true });
const first = withoutStack(new Error('first'));
const second = withoutStack(new Error('second', { cause: first }));
first.cause = second;
console.log(inspect(first));
const self = withoutStack(new Error('self'));
self.cause = self;
self.again = [self];
console.log(inspect(self));
const aggregate = withoutStack(new AggregateError([], 'aggregate'));
aggregate.errors.push(aggregate, first);
console.log(inspect(aggregate));
console.log(inspect(withoutStack(new Error('deep', { cause: withoutStack(new Error('1', { cause: withoutStack(new Error('2', { cause: withoutStack(new Error('3', { cause: withoutStack(new Error('4')) })) })) })) }))));
const error = new Error('uncaught');
error.cause = { error };
throw error;
