const before = await 1;
throw new Error(`after ${before}`);
