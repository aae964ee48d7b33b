let n = 1;
debugger;
n = 2;
