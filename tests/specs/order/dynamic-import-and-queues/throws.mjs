console.log('about to throw');
globalThis.thrownAt = Math.random();
throw Object.assign(new Error('while evaluating'), { at: globalThis.thrownAt });
