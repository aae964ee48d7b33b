// The loser of a race waits for nothing that matters.
const never = new Promise(() => {});
const soon = new Promise((resolve) => setTimeout(resolve, 5));
Promise.race([never, soon]).then(() => console.log('soon'));
