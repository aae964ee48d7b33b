let n = 0;
debugger;
while (true) n++;
