// Groups indent, also several lines, and both streams.
console.group('outer');
console.log('a\nb');
console.group();
console.warn('to stderr');
console.log({ a: 1, b: ['x'.repeat(40), 'y'.repeat(40)] });
console.groupEnd();
console.groupCollapsed('collapsed', { label: 1 });
console.info('inside');
console.groupEnd();
console.groupEnd();
console.groupEnd();
console.log('outside');
console.group('%s label', 'formatted');
console.error('indented error');
