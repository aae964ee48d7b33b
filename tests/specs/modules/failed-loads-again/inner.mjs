globalThis.runs.inner++;
throw new Error('inner');
