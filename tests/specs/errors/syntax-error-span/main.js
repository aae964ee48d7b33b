// A syntax error over several characters.
let name = 1;
let name = 2;
