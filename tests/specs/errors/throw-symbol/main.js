// A thrown symbol.
throw Symbol('tag');
