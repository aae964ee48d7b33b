console.log('work');
process.exit(3);
