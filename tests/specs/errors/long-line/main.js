// The caret in a long line with tabs.
/* eslint-disable */ const a = { b: { c: {} } }; const filler = 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx';	const d = a.b.c.d.e;
