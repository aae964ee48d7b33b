console.log('on');
throw new Error('no');
