// A thrown empty string.
throw '';
