// The loser of a race waits for nothing that matters.
const never = new Promise(() => {});
const soon = new Promise((resolve) => setTimeout(resolve, 5));
Promise.race([never, soon]).then(() => console.log('soon'));
// What the runtime waits for inside of its own functions is not the script's business.
require('node:test')('a test', { timeout: 1000 }, async () => {});
