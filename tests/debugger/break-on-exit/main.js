console.log('work');
