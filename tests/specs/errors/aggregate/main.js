// An AggregateError shows its errors.
throw new AggregateError([new Error('one'), new TypeError('two'), 'three'], 'several failed');
