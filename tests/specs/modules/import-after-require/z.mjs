throw new Error('z');
