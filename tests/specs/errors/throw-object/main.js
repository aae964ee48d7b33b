// A thrown object is inspected.
throw { code: 'E_CUSTOM', details: { list: [1, 2, 3], nested: { deep: { deeper: {} } } } };
