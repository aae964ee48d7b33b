// An object as the reason is inspected.
Promise.reject({ code: 42, nested: { list: [1, 2] } });
