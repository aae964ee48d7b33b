let n = 0;
n += 5;
debugger;
