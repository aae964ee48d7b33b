// Many short lines of output, the time of the whole process.
for (let i = 0; i < 50_000; i++) console.log('line', i);
