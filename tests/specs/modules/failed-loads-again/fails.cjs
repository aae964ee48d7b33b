globalThis.runs.cjs++;
if (!globalThis.allowed) throw new Error(`cjs run ${globalThis.runs.cjs}`);
