setTimeout(() => {
  try { JSON.parse('{'); } catch { console.log('caught'); }
}, 1);
