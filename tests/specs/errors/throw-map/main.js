// A thrown map is inspected.
throw new Map([['key', { list: [1, 2] }]]);
