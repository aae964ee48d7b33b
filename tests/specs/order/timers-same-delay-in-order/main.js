// Timers of one delay fire in the order in which they were made.
for (let i = 0; i < 10; i++) setTimeout(() => console.log('timer', i), 3);
