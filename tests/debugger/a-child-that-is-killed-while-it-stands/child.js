debugger;
setInterval(() => {}, 1000);
