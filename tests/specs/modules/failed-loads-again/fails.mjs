globalThis.runs.esm++;
if (!globalThis.allowed) throw new Error(`esm run ${globalThis.runs.esm}`);
