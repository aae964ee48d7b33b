const made = eval('(function made() {\n  return 5;\n})');
console.log(made());
